// What `npm start` runs: serves the examples on an embedded store, and plays one call through them over real HTTP on loopback.
// With a terminal it goes on serving; without one it ends, with code 0 if the caller heard what callers should hear.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '@hookswitch/runtime';
import { createPlatform } from '@hookswitch/simulator';
import { register } from 'tsx/esm/api';

const NAMES = ['hello', 'support', 'restaurant', 'reminder', 'bilingual', 'masking', 'survey'];
const SUPPORT = '+6568332001';
const CALL = [
  ['12345678', 'And your PIN.'],
  ['2468', 'Hello Ann.'],
  ['1', 'You owe 42.50 dollars'],
];

register();
const modules = await Promise.all(NAMES.map((name) => import(`../examples/${name}/${name}.ts`)));
const flows = modules.map((module, index) => ({ flow: module.default, numbers: [`+656833200${index}`], default: index === 0 }));
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-demo-'));
const server = await startOnFreePort({
  flows,
  store: `sqlite:${join(folder, 'calls.db')}`,
  // Two examples take what is sensitive, and that is encrypted at rest. A key of yours would stay the same: openssl rand -base64 32
  dataKeys: randomBytes(32).toString('base64'),
  allowUnverified: true,
  logLevel: 'error',
});
console.log(`Serving the examples on ${server.url}:`);
for (const { flow, numbers } of flows) console.log(`  ${numbers[0]}  ${flow.name}`);

const platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual' });
const isRight = await playCall().catch((error) => {
  console.error(error);
  return false;
});
await platform.close();

if (isRight && process.stdout.isTTY) {
  console.log(`\nStill serving on ${server.url}. Call it with curl as README.md shows, or end it with Ctrl+C.`);
  await new Promise((told) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, told)));
}
await server.close();
rmSync(folder, { recursive: true, force: true });
if (isRight)
  console.log('\nNext: npm run hookswitch -- check examples/ · the flows are in examples/, what they are made of in docs/writing-flows.md');
process.exitCode = isRight ? 0 : 1;

/** Somebody calls `support`, and shows what is heard and pressed. True where all of it was right. */
async function playCall() {
  console.log(`\nSomebody calls ${SUPPORT}:\n`);
  const call = platform.inboundCall({ from: '+6591178965', to: SUPPORT });
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

/** On port 3000, or on any other one where somebody listens there already. */
async function startOnFreePort(options) {
  try {
    return await startServer(options);
  } catch (error) {
    if (error.code !== 'HS_LISTEN') throw error;
    return await startServer({ ...options, port: 0 });
  }
}
