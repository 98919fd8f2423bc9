import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_BEHAVIOUR } from './behaviour.ts';
import { CHAOS_KINDS } from './chaos/chaos-options.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
/** Inside the package, so that the name of the package leads to its sources. */
const scratch = fileURLToPath(new URL('../.tmp/', import.meta.url));
let folder: string;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, 'readme-'));
  for (const [, name = '', code = ''] of readme.matchAll(/^```js file=(\S+)\n(.*?)^```$/gmsu)) writeFileSync(join(folder, name), code);
  server = spawn(process.execPath, [join(folder, 'server.mjs')], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) => server.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())));
  url = `http://127.0.0.1:${port}/`;
});

afterAll(() => {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe('the README', () => {
  it.each([...Object.keys(DEFAULT_BEHAVIOUR), ...Object.keys(DEFAULT_BEHAVIOUR.wire), ...CHAOS_KINDS])('names %s', (name) => {
    expect(readme).toMatch(new RegExp(`\\b${name}\\b`, 'u'));
  });

  it('calls a webhook server that is written by hand, and finds chaos harmless to it', async () => {
    vi.stubEnv('WEBHOOK_URL', url);
    for (const name of ['calls.mjs', 'chaos.mjs']) {
      await expect(import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href)).resolves.toBeDefined();
    }
  });
});
