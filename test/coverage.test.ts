import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Coverage, readCoverage } from '@hookswitch/dsl/coverage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hookswitchIn } from './support/built.ts';
import { writeBlocks } from './support/docs.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const FLOW = `
import { bridge, defineFlow, menu } from '@hookswitch/dsl';
export default defineFlow({ name: 'desk', voice: 'en-US-BenjaminRUS' }, function* () {
  const topic = yield* menu('Orders 1, people 2.', { 1: 'orders', 2: 'people' }, { id: 'main', otherwise: 'people' });
  if (topic === 'people') yield* bridge('+6531589338', { id: 'people' });
});
`;

/** A file of tests that presses `keys`, the first of them before its tests begin. */
const testOf = (keys: readonly string[], more = ''): string => `
import { startCall } from '@hookswitch/dsl/testing';
import { beforeAll, it } from 'vitest';
import desk from './desk.ts';
${more}
beforeAll(async () => { await (await startCall(desk)).press('${keys[0]}'); });
it('presses', async () => { for (const key of ${JSON.stringify(keys)}) await (await startCall(desk)).press(key); });
`;

/** A project of its own, which knows the packages by their sources. */
function makeProject(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hookswitch-coverage-')));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'flows'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('package.json', '{"type":"module"}');
  write('flows/desk.ts', FLOW);
  write('flows/a.test.ts', testOf(['1']));
  const everyPath = "import { testEveryPath } from '@hookswitch/dsl/vitest';\ntestEveryPath(desk);";
  write('flows/b.test.ts', testOf(['2', '7'], everyPath));
  write(
    'vitest.config.ts',
    `import base from ${JSON.stringify(join(ROOT, 'vitest.config.ts'))};
const { TWO, THRESHOLD } = process.env;
const thresholds = THRESHOLD === undefined ? undefined : { arrows: Number(THRESHOLD) };
const projects = [{ extends: true, test: { name: 'a', include: ['flows/a.test.ts'] } }, { extends: true, test: { name: 'b', include: ['flows/b.test.ts'] } }];
export default {
  resolve: base.resolve,
  test: { include: ['flows/*.test.ts'], reporters: ['dot', ['@hookswitch/dsl/coverage', { ...(thresholds && { thresholds }) }]], ...(TWO && { projects }) },
};`,
  );
  return folder;
}

interface Ran {
  readonly code: number;
  readonly out: string;
}

function runs(
  cwd: string,
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  return new Promise((done) => {
    execFile(program, args, { cwd, env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env } }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), out: `${stdout}${stderr}` }),
    );
  });
}

/** Runs vitest as a user does. */
function vitest(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return runs(cwd, [process.execPath, join(ROOT, 'node_modules/vitest/vitest.mjs'), ...args], env);
}

describe('vitest with the reporter', () => {
  let folder: string;
  beforeAll(() => {
    folder = makeProject();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> => vitest(folder, args, env);
  const report = (): Coverage => readCoverage(readFileSync(join(folder, '.hookswitch/coverage.json'), 'utf8'));
  const taken = (): string[] =>
    report().flows.flatMap(({ arrows }) =>
      arrows.filter(({ counts, taken: was }) => counts && was).map(({ from, label, to }) => `${from} ${label} ${to}`),
    );

  it.each([
    ['in processes', ['run']],
    ['in threads', ['run', '--pool=threads']],
    ['in one process, without isolation', ['run', '--no-isolate', '--maxWorkers=1']],
    ['in a context of its own', ['run', '--pool=vmThreads']],
    ['in two projects', ['run'], { TWO: 'yes' }],
  ])('knows what tests took %s', async (_how, args, env: Record<string, string> = {}) => {
    rmSync(join(folder, '.hookswitch'), { recursive: true, force: true });
    const { code, out } = await run(args, env);
    expect(code, out).toBe(0);
    expect(taken()).toEqual(['idle  main', 'main 1 ended', 'main 2 people', 'main no match main']);
    expect(out).toMatch(/desk {2}2 of 2 {2}100 % {2}4 of 13 {3}30 % {2}13 of 13/);
    expect(report().flows[0]?.arrows[0]?.tests).toEqual(expect.arrayContaining(['flows/a.test.ts > presses', 'flows/b.test.ts > presses']));
  });

  it('puts shards together, and judges them then', async () => {
    const blob = (index: number): string[] => ['run', `--shard=${index}/2`, '--reporter=blob', '--reporter=@hookswitch/dsl/coverage'];
    for (const index of [1, 2]) expect(await run(blob(index), { THRESHOLD: '50' })).toMatchObject({ code: 0 });
    const merged = await run(['--merge-reports'], { THRESHOLD: '50' });
    expect(merged.code, merged.out).toBe(1);
    expect(taken()).toHaveLength(4);
    expect(merged.out).toContain('Your tests took 4 of 13 arrows of all flows together, 30.7 %; the threshold is 50 %. 3 more are needed.');
    expect(await run(['--merge-reports'], { THRESHOLD: '30' })).toMatchObject({ code: 0 });
  });

  it('refuses an option that it does not have', async () => {
    const { code, out } = await run(['run'], { THRESHOLD: '101' });
    expect([code, out]).toEqual([1, expect.stringContaining('thresholds.arrows must be')]);
  });
});

describe('docs/testing.md', () => {
  const { blocks, remove } = writeBlocks(['docs/testing.md']);
  afterAll(remove);

  it('shows what the reporter prints of its own tests, and what the command draws of that', async () => {
    const config = blocks.find(({ path }) => path.endsWith('vitest.config.ts'))?.path ?? '';
    const folder = dirname(config);
    writeFileSync(
      join(folder, 'resolved.ts'),
      `import base from ${JSON.stringify(join(ROOT, 'vitest.config.ts'))};\nimport config from './vitest.config.ts';\nexport default { ...config, resolve: base.resolve };`,
    );
    const { code, out } = await vitest(folder, ['run', '--config', 'resolved.ts', '--root', '.']);
    expect(code, out).toBe(0);
    const text = readFileSync(join(ROOT, 'docs/testing.md'), 'utf8');
    const [, shown = ''] = /^```\n(Flow coverage: [^]*?)^```$/m.exec(text) ?? [];
    const lines = shown.split('\n').filter((line) => !line.includes('…'));
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(out).toContain(line);
    const { line, env } = hookswitchIn(folder);
    const draw = ['graph', 'deliveries', 'flows/deliveries.ts', '--coverage', '--format', 'svg', '--output', 'coverage.svg'];
    expect(await runs(folder, [...line, ...draw], env)).toMatchObject({ code: 0 });
    await expect(readFileSync(join(folder, 'coverage.svg'), 'utf8')).toMatchFileSnapshot(join(ROOT, 'docs/images/coverage.svg'));
  });
});
