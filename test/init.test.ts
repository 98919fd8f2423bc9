import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'packages/cli/bin/hookswitch.js');

const folder = mkdtempSync(join(tmpdir(), 'hookswitch-init-'));
const project = join(folder, 'my-ivr');
// What npm and vitest have set for this test run is not for the programs that it starts.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|VITEST|NODE_ENV|HOOKSWITCH_|FORCE_COLOR)/.test(name)),
);

/** Runs a program to its end, and gives what it printed. */
function run(command: string, args: readonly string[], cwd: string): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env: { ...env, npm_config_prefer_offline: 'true' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('close', (code) => done({ code, output }));
  });
}

/** The packages as they are published, and a project that was made of them, once for all tests. */
describe('a project that hookswitch init has made', { timeout: 300_000 }, () => {
  beforeAll(async () => {
    if (!existsSync(join(ROOT, 'packages/cli/dist/main.js'))) await run('node', ['scripts/build.mjs'], ROOT);
    expect(await run('node', ['scripts/pack.mjs', folder], ROOT)).toMatchObject({ code: 0 });
    const made = await run(process.execPath, [BIN, 'init', project, '--packages', folder], folder);
    expect(made).toMatchObject({ code: 0, output: expect.stringContaining('✓ installed the packages') as string });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('passes its tests', async () => {
    const { code, output } = await run('npm', ['test'], project);
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/Tests .*passed[^]*Flow coverage: what your tests took[^]*reception +4 of 4/),
    ]);
  });

  it('is linted: an effect that is never yielded is found', async () => {
    expect(await run('npm', ['run', 'lint'], project)).toMatchObject({ code: 0 });
    const flow = join(project, 'flows/silent.ts');
    writeFileSync(
      flow,
      "import { defineFlow, say } from '@hookswitch/dsl';\nexport default defineFlow({ name: 'silent' }, function* () {\n  say('Hello');\n});\n",
    );
    const { code, output } = await run('npm', ['run', 'lint'], project);
    rmSync(flow);
    expect([code, output]).toEqual([1, expect.stringMatching(/silent\.ts[^]*3:3 .*hookswitch\/no-floating-effect/)]);
  });

  it('starts, and answers a call', async () => {
    const server = spawn('npm', ['start'], { cwd: project, env: { ...env, HOOKSWITCH_PORT: '0' }, detached: true });
    const ended = new Promise<number | null>((done) => server.once('close', done));
    const url = await new Promise<string>((found, failed) => {
      let printed = '';
      const listen = (chunk: Buffer): void => {
        printed += chunk.toString();
        const at = /listens on (http:\S+)/.exec(printed)?.[1];
        if (at !== undefined) found(at);
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      void ended.then(() => failed(new Error(printed)));
    });
    const payload = {
      eventId: 'e',
      sessionId: 's',
      callId: 'c',
      subAccountId: 'Acme',
      callStatus: 'CALL_RECEIVED',
      callDirection: 'INBOUND',
      source: '+6591178965',
      destination: '+6568332048',
    };
    const body = JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload });
    const reply = await fetch(`${url}/webhooks/vca`, { method: 'POST', body });
    expect(await reply.json()).toMatchObject({
      callflow: [{ action: 'say', params: { text: 'Welcome to the shop.' } }, { action: 'sayAndCapture' }],
    });
    // The whole group, as a terminal does it: npm, the shell and the server.
    process.kill(-(server.pid ?? 0), 'SIGTERM');
    await ended;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('is installed elsewhere from what its Dockerfile copies, and checks its flows there', async () => {
    const elsewhere = join(folder, 'elsewhere');
    const [beforeInstall = '', install = ''] = readFileSync(join(project, 'Dockerfile'), 'utf8').split(/^RUN (npm ci .*)$/m);
    for (const [, paths = ''] of beforeInstall.matchAll(/^COPY (.+) \S+$/gm))
      for (const path of paths.split(' ')) cpSync(join(project, path), join(elsewhere, path), { recursive: true });
    expect(readFileSync(join(elsewhere, 'package-lock.json'), 'utf8')).not.toContain(folder);
    const [command = '', ...args] = install.split(' ');
    expect(await run(command, args, elsewhere)).toEqual({ code: 0, output: expect.any(String) as string });
    for (const path of ['flows', 'hookswitch.config.ts']) cpSync(join(project, path), join(elsewhere, path), { recursive: true });
    expect(await run('npx', ['--no-install', 'hookswitch', 'check', '--strict'], elsewhere)).toMatchObject({ code: 0 });
  });

  it('type-checks', async () => {
    expect(await run('npm', ['run', 'typecheck', '--silent'], project)).toEqual({ code: 0, output: '' });
  });

  it('has nothing that check would name, and knows its commands', async () => {
    expect(await run('npx', ['--no-install', 'hookswitch', 'check', '--strict'], project)).toMatchObject({ code: 0 });
    expect((await run('npx', ['--no-install', 'hookswitch', '--help'], project)).output).toContain('webhooks');
  });
});
