import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hookswitchIn } from '../../../test/support/built.ts';
import { flowSource, project } from './cli.test-support.ts';

const MODULE = { 'package.json': '{ "type": "module" }' };

/** Runs the command in a process of its own. */
function hookswitch(args: readonly string[], cwd: string, more: Readonly<Record<string, string>> = {}, out: 'pipe' | number = 'pipe') {
  const { line, env } = hookswitchIn(cwd);
  const [program, ...before] = line;
  const child: ChildProcess = spawn(program, [...before, ...args], {
    cwd,
    env: { ...env, HOOKSWITCH_CHECK_AT_START: 'false', ...more },
    stdio: ['ignore', out, 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed.err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((done) =>
    child.once('close', (code) => done({ code, ...printed })),
  );
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((found) =>
      child.stderr?.on('data', () => {
        const match = pattern.exec(printed.err);
        if (match !== null) found(match);
      }),
    );
  return { child, ended, said };
}

// Each test starts a process.
describe('the process', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'does not compile',
      { 'flows/a.ts': flowSource('a').replace("version: '1',", "version: '1'") },
      'flows/a.ts:2:52 does not compile: Expected "}" but found "voice". Mend that line and try again.',
    ],
    [
      'imports a file that is not there',
      { 'flows/a.ts': `${flowSource('a')}export { x } from './near.ts';\n` },
      'flows/a.ts:7 imports "near.ts", and there is no such file.',
    ],
    [
      'imports a name that is not there',
      { 'flows/a.ts': `export { x } from '../b.ts';\n${flowSource('a')}`, 'b.ts': '' },
      "does not provide an export named 'x'",
    ],
  ])('names file and line of a flow that %s', async (_what, files, problem) => {
    const { code, err } = await hookswitch(['check'], project({ ...MODULE, ...files })).ended;
    expect([code, err]).toEqual([1, expect.stringContaining(problem)]);
  });

  it.each([
    ['an ES module', MODULE],
    ['a CommonJS package', {}],
  ])('loads TypeScript that only a compiler understands from %s', async (_what, files) => {
    const source = `enum Digits { One = 1 }\n${flowSource('a').replace('maxDigits: 1', 'maxDigits: Digits.One')}export const other = ${flowSource('b').split('export default ')[1] ?? ''}`;
    const { code, out } = await hookswitch(['check'], project({ ...files, 'flows/a.ts': source })).ended;
    expect([code, out]).toEqual([0, expect.stringMatching(/^✓ a [^]*✓ b [^]*2 flows: 0 errors/)]);
  });

  it('shares one copy of the framework with the flows, so that instanceof works in them', async () => {
    // Were there two copies, the command would not notice that the config file has changed one of them.
    const config = "import { Journal } from '@hookswitch/dsl';\nJournal.of = () => { throw new Error('one copy'); };\nexport default {};\n";
    const cwd = project({ ...MODULE, 'flows/a.ts': flowSource('a'), 'hookswitch.config.ts': config });
    expect((await hookswitch(['simulate', 'a', '-n', '1'], cwd).ended).err).toContain('Error: one copy');
  });

  it('serves until it is told to end, and ends with 0', async () => {
    const { child, ended, said } = hookswitch(
      ['start', '--port', '0', '--store', 'sqlite:calls.db'],
      project({ ...MODULE, 'flows/a.ts': flowSource('a') }),
    );
    const [, url = ''] = await said(/listens on (http:\S+)/);
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ready' });
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect([
      code,
      out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { msg: string }).msg),
    ]).toEqual([0, expect.arrayContaining(['closing'])]);
  });

  it('warns of a flow that check refuses once it listens, and answers meanwhile', async () => {
    const cwd = project({ ...MODULE, 'flows/a.ts': flowSource('a', { after: "throw new Error('never');" }) });
    const { child, ended, said } = hookswitch(['start', '--port', '0', '--store', 'memory'], cwd, { HOOKSWITCH_CHECK_AT_START: 'true' });
    const warned = new Promise<string>((heard) =>
      child.stdout?.on('data', (chunk: Buffer) => chunk.includes('refuses the flow') && heard(chunk.toString())),
    );
    const [, url = ''] = await said(/listens on (http:\S+)/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(JSON.parse(await warned)).toMatchObject({
      level: 40,
      flow: 'a',
      errors: 1,
      msg: expect.stringContaining('flows/a.ts:5:9') as string,
    });
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it('answers webhooks for a while after SIGTERM, and is not ready any more; a second one closes the port', async () => {
    const cwd = project({ ...MODULE, 'flows/a.ts': flowSource('a') });
    const { child, ended, said } = hookswitch(['start', '--port', '0', '--store', 'memory'], cwd, { HOOKSWITCH_DRAIN: '86400000' });
    const [, url = ''] = await said(/listens on (http:\S+)/);
    child.kill('SIGTERM');
    await expect.poll(() => fetch(`${url}/ready`).then(({ status }) => status)).toBe(503);
    const answer = await fetch(`${url}/webhooks/vca`, { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers.get('connection'), await answer.json()]).toMatchObject([200, 'close', { callflow: [{}, {}] }]);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('goes on under nohup when the terminal goes', async () => {
    const { child, ended, said } = hookswitch(
      ['start', '--port', '0', '--store', 'memory'],
      project({ ...MODULE, 'flows/a.ts': flowSource('a') }),
    );
    const [, url = ''] = await said(/listens on (http:\S+)/);
    child.kill('SIGHUP');
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it.each([
    [['graph', 'a']],
    [['graph', 'a', '--format', 'json']],
    [['check', '--json']],
    [['check']],
    [['config']],
    [['config', '--json']],
    [['--help']],
    [['doctor', '--offline']],
  ])('ends quietly where nobody reads: %j | head', async (args) => {
    const cwd = project({ ...MODULE, 'flows/a.ts': flowSource('a') });
    const read = await hookswitch(args, cwd).ended;
    const { child, ended } = hookswitch(args, cwd);
    child.stdout?.destroy();
    expect(await ended).toEqual({ code: read.code, out: '', err: read.err });
  });

  it('says that its output can not be written', async () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const { code, err } = await hookswitch(['graph', 'a'], project({ ...MODULE, 'flows/a.ts': flowSource('a') }), {}, full).ended;
    expect([code, err]).toEqual([3, 'hookswitch: the output can not be written (ENOSPC).\n']);
  });

  it('ends a simulation at once when it is told to, and prints what it had found', async () => {
    const waits =
      "yield* step('wait', () => (++calls > 2 ? new Promise(() => setInterval(() => console.error('still'), 1e8) && console.error('waits')) : 1), { examples: { one: 1 } });";
    const source = flowSource('a', { after: waits }).replace('import { capture', 'let calls = 0;\nimport { step, capture');
    const args = ['simulate', 'a', '--calls', '50', '--concurrency', '1', '--seed', '2', '--real-steps'];
    const { child, ended, said } = hookswitch(args, project({ ...MODULE, 'flows/a.ts': source }));
    await said(/waits/);
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect([code, out]).toEqual([
      130,
      expect.stringMatching(/^calls +\d+ +0$[^]*Interrupted: the calls that were over by then are above\.\n$/m),
    ]);
    expect(out).not.toContain('lost: ');
  });

  it('ends with 3 where another one has its store', async () => {
    const cwd = project({ ...MODULE, 'flows/a.ts': flowSource('a') });
    const { said } = hookswitch(['start', '--port', '0', '--store', 'sqlite:calls.db'], cwd);
    await said(/listens on/);
    const { code, err } = await hookswitch(['start', '--port', '0', '--store', 'sqlite:calls.db'], cwd).ended;
    expect([code, err]).toEqual([3, expect.stringContaining('a SQLite store serves one process')]);
  });
});

describe('bin/hookswitch.js', () => {
  it('can be executed', () => {
    const bin = new URL('../bin/hookswitch.js', import.meta.url);
    expect(statSync(bin).mode & 0o111).toBe(0o111);
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
