// What `npm start` runs: serves the examples, and plays one call through them over real HTTP on loopback.
// On a terminal that is `hookswitch dev`, which goes on serving its console, with a phone; else a server that ends with the call, with code 0 if the caller
// heard what callers should hear.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '@hookswitch/runtime';
import { createPlatform } from '@hookswitch/simulator';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAMES = ['hello', 'support', 'restaurant', 'reminder', 'bilingual', 'masking', 'survey', 'payment'];
const LISTEN_FAILED = 3;
const CALL = [
  ['12345678', 'And your PIN.'],
  ['2468', 'Hello Ann.'],
  ['1', 'You owe 42.50 dollars'],
];

const isWatched = process.stdout.isTTY === true;
const server = isWatched ? await startConsole() : await startExamples();
const platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual' });
const isRight = await playCall(server.support).catch((error) => {
  console.error(error);
  return false;
});
await platform.close();
process.exitCode = isRight ? 0 : 1;

if (isWatched && isRight) {
  console.log(`
Now you: open ${server.url}/console/, choose "restaurant", and press Call.
  1 is a table, and 1 again books one; 0 is the desk, and you decide whether it answers.
  The call that you have just read is under "Calls": what was sent, what was answered, and a test of it to copy.
  Change a prompt in examples/restaurant/restaurant.ts during a call: as soon as it is saved, it is what you hear.
  Ctrl+C ends it.
`);
  await server.ended;
} else {
  await server.close();
  console.log(
    '\nThe server has ended with its call, as there is no terminal. On a terminal it goes on serving, with a console to call from.',
  );
  if (isRight)
    console.log('Next: npm run hookswitch -- dev examples/ · the flows are in examples/, what they are made of in docs/writing-flows.md');
}

/** Somebody calls `support`, and shows what is heard and pressed. True where all of it was right. */
async function playCall(to) {
  console.log(`\nSomebody calls ${to}:\n`);
  const call = platform.inboundCall({ from: '+6591178965', to });
  let told = 0;
  const hear = () => {
    for (const text of call.heard.slice(told)) console.log(`  hears    ${text}`);
    told = call.heard.length;
  };
  await call.ready();
  hear();
  for (const [keys, heard] of CALL) {
    console.log(`  presses  ${[...keys].join(' ')}`);
    const before = told;
    await call.press(keys);
    hear();
    if (call.heard.slice(before).some((text) => text.includes(heard))) continue;
    console.error(`\nThe caller should have heard "${heard}".`, platform.faults);
    return false;
  }
  const { end } = await call.closed;
  console.log(`  the call ends: ${end.status}`);
  if (end.status !== 'COMPLETED' || platform.faults.length > 0) console.error(`\nThe platform was not content.`, platform.faults);
  return end.status === 'COMPLETED' && platform.faults.length === 0;
}

/** A server with the examples on a store that is gone afterwards. */
async function startExamples() {
  const { register } = await import('tsx/esm/api');
  register();
  const modules = await Promise.all(NAMES.map((name) => import(`../examples/${name}/${name}.ts`)));
  const flows = modules.map((module, index) => ({ flow: module.default, numbers: [`+656833200${index}`], default: index === 0 }));
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-demo-'));
  const running = await startOnFreePort({
    flows,
    store: `sqlite:${join(folder, 'calls.db')}`,
    // Two examples take what is sensitive, and that is encrypted at rest. A key of yours would stay the same: openssl rand -base64 32
    dataKeys: randomBytes(32).toString('base64'),
    allowUnverified: true,
    logLevel: 'error',
  });
  console.log(`Serving the examples on ${running.url}, for one call:`);
  for (const { flow, numbers } of flows) console.log(`  ${numbers[0]}  ${flow.name}`);
  const close = async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: running.url, support: flows[NAMES.indexOf('support')].numbers[0], close };
}

/** On port 3000, or on any other one where somebody listens there already. */
async function startOnFreePort(options) {
  try {
    return await startServer(options);
  } catch (error) {
    if (error.code !== 'HS_LISTEN') throw error;
    return await startServer({ ...options, port: 0 });
  }
}

/** `hookswitch dev` with the examples: what it says is shown. */
async function startConsole() {
  // Ctrl+C reaches it too, and it ends by itself.
  process.on('SIGINT', () => undefined);
  const dev = (await startDev()) ?? (await startDev('--port', '0'));
  if (dev === null) process.exit(1);
  const { numbers } = await (await fetch(`${dev.url}/console/api/phone`)).json();
  return { ...dev, support: numbers.support };
}

/** Null where the port is taken. */
async function startDev(...args) {
  const child = spawn(process.execPath, [join(ROOT, 'packages/cli/bin/hookswitch.js'), 'dev', 'examples/', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '1' },
  });
  const ended = once(child, 'exit');
  let said = '';
  const url = new Promise((found) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const address = /(http:\S+?)\/console\//.exec(said)?.[1];
      if (address) process.stderr.write(chunk);
      if (address && said.includes('Serving')) found(address);
    });
  });
  const first = await Promise.race([url, ended]);
  if (typeof first === 'string') {
    const close = async () => {
      child.kill('SIGTERM');
      await ended;
    };
    return { url: first, ended, close };
  }
  if (first[0] === LISTEN_FAILED && args.length === 0) return null;
  if (!said.includes('/console/')) process.stderr.write(said);
  process.exit(1);
}
