import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hookswitchIn } from '../../../test/support/built.ts';
import { mountSmallDisk } from '../../../test/support/small-disk.ts';
import { flowSource, project } from './cli.test-support.ts';

const TOKEN = 'a-long-enough-api-token';
/** For what is polled: a machine may be busy. */
const PATIENT = { interval: 50 };

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const FILES = {
  'package.json': '{ "type": "module" }',
  'flows/a.ts': flowSource('a'),
  'hookswitch.config.ts': "export default { hooks: { onNumberUpdate() { throw new TypeError('x'.repeat(100_000)); } } };",
};

/** `hookswitch start` in a shell line, `"$@"` being the command; `prefix` goes before the shell. */
async function serve(line: string, { cwd = project(FILES), store = 'memory', prefix = [] as readonly string[] } = {}) {
  const port = await freePort();
  const { line: hookswitch, env: needed } = hookswitchIn(cwd);
  const start = [...hookswitch, 'start', '--port', String(port), '--store', store];
  const [command = 'sh', ...args] = [...prefix, 'bash', '-c', `cd '${cwd}' && ${line}`, 'bash', ...start];
  const env = {
    ...needed,
    HOOKSWITCH_API_TOKEN: TOKEN,
    HOOKSWITCH_DRAIN: '0',
  };
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => child.exitCode,
        ),
      PATIENT,
    )
    .toBe(true);
  return { url, child, told: () => told };
}

/** A caller who presses a key; what is said, and whether the server lives. */
async function call(url: string, session: string): Promise<string> {
  const payload = {
    eventId: session,
    sessionId: session,
    callId: 'c1',
    subAccountId: 'Acme',
    callStatus: 'CALL_RECEIVED',
    callDirection: 'INBOUND',
    source: '+6591178965',
    destination: '+6568332048',
  };
  const body = JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload });
  return (await fetch(`${url}/webhooks/vca`, { method: 'POST', body })).text();
}

/** A webhook whose hook fails with a long message. */
async function logMuch(url: string): Promise<void> {
  const body = JSON.stringify({ namespace: 'VOICE', eventType: 'NUMBER_UPDATE', payload: { subAccountId: 'Acme' } });
  await (await fetch(`${url}/webhooks/vnu`, { method: 'POST', body })).text();
}

async function dropped(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return Number(/^hookswitch_dropped_log_lines_total (\d+)$/m.exec(await response.text())?.[1]);
}

describe.skipIf(process.platform === 'win32')('a server whose log', () => {
  it.each([
    ['goes to a full disk', '"$@" > /dev/full', 'the disk is full (ENOSPC)'],
    ['goes to a program that is gone', '"$@" | head -n 1 > /dev/null', 'whoever read it is gone'],
    ['goes to a program that reads nothing', '"$@" | sleep 1000', 'its reader is slow'],
  ])('%s answers its callers, counts the lines that are lost, and says so once', async (_what, line, why) => {
    const { url, told } = await serve(line);
    await expect.poll(() => logMuch(url).then(() => dropped(url)), PATIENT).toBeGreaterThan(2);
    expect(await call(url, 's1')).toContain('Press a key.');
    expect(told().match(/the log can't be written: .*/g)).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    ['can go nowhere', '"$@" > /dev/full 2> /dev/full'],
    ['is closed, with everything else', '"$@" >&- 2>&-'],
    ['goes to a program that is gone, with everything else', '"$@" 2>&1 | head -n 1 > /dev/null'],
  ])('%s answers its callers', async (_what, line) => {
    const { url } = await serve(line);
    for (let webhook = 0; webhook < 20; webhook++) await logMuch(url);
    expect(await call(url, 's1')).toContain('Press a key.');
  });

  it('goes to a program that reads nothing ends when it is told to', async () => {
    const { url, child } = await serve('exec "$@" > >(exec sleep 1000)');
    await expect.poll(() => logMuch(url).then(() => dropped(url)), PATIENT).toBeGreaterThan(0);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('goes to the full disk of its database lets callers wait, and goes on once there is space', async (context) => {
    const disk = await mountSmallDisk(8);
    if (typeof disk === 'string') return context.skip(disk);
    onTestFinished(() => disk.remove());
    const { url, told } = await serve('"$@" > "$0.log"'.replace('$0', `${disk.folder}/server`), {
      store: `sqlite:${disk.folder}/calls.db`,
      prefix: disk.enter,
    });
    disk.fill();
    await expect.poll(() => logMuch(url).then(() => dropped(url)), PATIENT).toBeGreaterThan(0);
    expect(await call(url, 's1')).toContain('One moment, please.');
    disk.free();
    expect(await call(url, 's2')).toContain('Press a key.');
    const before = await dropped(url);
    await logMuch(url);
    expect([await dropped(url), told().split("the log can't be written").length]).toEqual([before, 2]);
  });
});
