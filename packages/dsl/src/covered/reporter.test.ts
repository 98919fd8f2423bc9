import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestModule, Vitest } from 'vitest/node';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { startCall } from '../testing/index.ts';
import { readCoverage } from './coverage-file.ts';
import { recorded } from './coverage.test-support.ts';
import type { CoverageOptions } from './options.ts';
import { CoverageReporter } from './reporter.ts';

const shop = defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* menu('Orders 1, people 2.', { 1: 'orders', 2: 'people' }, { id: 'main', otherwise: 'none' });
});

/** What vitest has of a file of tests, as far as reporters look; older releases have no `meta()`. */
async function fileOf(root: string, file: string, keys: string, project = '', old = false): Promise<TestModule> {
  const [own, test] = await recorded(`presses ${keys}`, async () => (await startCall(shop)).press(keys));
  const meta = { hookswitch: own?.handed };
  const tests = [{ fullName: `presses ${keys}`, meta: () => ({ hookswitch: test?.handed }) }];
  const children = { allTests: () => tests };
  return {
    moduleId: join(root, file),
    project: { name: project },
    children,
    task: { meta },
    ...(old ? {} : { meta: () => meta }),
  } as never;
}

describe('the reporter', () => {
  let root: string;
  let printed: string;
  let exitCode: typeof process.exitCode;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'hookswitch-coverage-'));
    printed = '';
    exitCode = process.exitCode;
    process.exitCode = undefined;
  });
  afterEach(() => {
    process.exitCode = exitCode;
  });

  function begin(options: CoverageOptions, more: object = {}, config: object = {}): { reporter: CoverageReporter; setupFiles: string[] } {
    const reporter = new CoverageReporter(options);
    const print = (text: string): void => void (printed += `${text}\n`);
    const setupFiles: string[] = [];
    const projects = [{ config: { setupFiles } }];
    reporter.onInit({ config: { root, ...config }, projects, logger: { log: print, error: print }, ...more } as unknown as Vitest);
    return { reporter, setupFiles };
  }
  const arrows = (): string[] =>
    readCoverage(readFileSync(join(root, '.hookswitch/coverage.json'), 'utf8')).flows.flatMap((flow) =>
      flow.arrows.filter(({ counts, taken }) => counts && taken).map(({ label }) => label),
    );

  it('adds its setup file to each project, once', () => {
    const { reporter, setupFiles } = begin({});
    reporter.onInit({ config: { root }, projects: [{ config: { setupFiles } }] } as unknown as Vitest);
    expect(setupFiles).toEqual([expect.stringMatching(/covered[\\/]setup\.ts$/)]);
  });

  it.each([
    ['of today', false],
    ['of vitest 3.0', true],
  ])('writes what tests took: with the meta %s', async (_what, old) => {
    const { reporter } = begin({});
    reporter.onTestRunEnd([await fileOf(root, 'a.test.ts', '1', '', old)], [], 'passed');
    expect(arrows()).toEqual(['', '1']);
    expect(printed).toContain('All of it: .hookswitch/coverage.json');
    expect(process.exitCode).toBeUndefined();
  });

  it('keeps what other files took when one runs again, in each project, and forgets what is removed', async () => {
    const { reporter } = begin({});
    const [one, two, other] = [
      await fileOf(root, 'a.test.ts', '1'),
      await fileOf(root, 'b.test.ts', '2'),
      await fileOf(root, 'a.test.ts', '7', 'other'),
    ];
    reporter.onTestRunEnd([one, two, other], [], 'passed');
    expect(arrows()).toEqual(['', '1', '2', 'no match']);
    reporter.onTestRunEnd([await fileOf(root, 'a.test.ts', '2')], [], 'passed');
    expect(arrows()).toEqual(['', '2', 'no match']);
    reporter.onTestRemoved(join(root, 'a.test.ts'));
    reporter.onTestRunEnd([two], [], 'passed');
    expect(arrows()).toEqual(['', '2']);
  });

  it('fails the run where a threshold is not met, and says how it is', async () => {
    const { reporter } = begin({ thresholds: { arrows: 90 } });
    reporter.onTestRunEnd([await fileOf(root, 'a.test.ts', '1')], [], 'passed');
    expect(process.exitCode).toBe(1);
    expect(printed).toContain('HS_COVERAGE_THRESHOLD: Your tests took 2 of 7 arrows of all flows together');
    expect(printed.match(/main —2→ ended/g)).toHaveLength(1);
  });

  it.each([
    ['a shard', {}, { shard: { index: 1, count: 2 } }],
    ['files of some name', { filenamePattern: ['a'] }, {}],
    ['tests of some name', {}, { testNamePattern: /a/ }],
    ['what changed', {}, { changed: true }],
  ])('checks no threshold where only a part of the tests ran: %s', async (_what, more, config) => {
    const { reporter } = begin({ thresholds: { arrows: 90 } }, more, config);
    reporter.onTestRunEnd([await fileOf(root, 'a.test.ts', '1')], [], 'passed');
    expect([process.exitCode, printed]).toEqual([undefined, expect.stringContaining('The thresholds are not checked')]);
  });

  it('checks them where shards are merged', async () => {
    const { reporter } = begin({ thresholds: { arrows: 90 } }, {}, { shard: { index: 1, count: 2 }, mergeReports: '.vitest-reports' });
    reporter.onTestRunEnd([await fileOf(root, 'a.test.ts', '1')], [], 'passed');
    expect(process.exitCode).toBe(1);
  });

  it('says where the file can not be written, and fails the run', async () => {
    writeFileSync(join(root, 'taken'), '');
    const { reporter } = begin({ file: 'taken/coverage.json' });
    reporter.onTestRunEnd([await fileOf(root, 'a.test.ts', '1')], [], 'passed');
    expect([process.exitCode, printed]).toEqual([
      1,
      expect.stringMatching(/HS_COVERAGE_FILE: .* taken\/coverage\.json \((ENOTDIR|EEXIST)\)/),
    ]);
  });

  it('writes nothing where it is not to, and says nothing of a run that was interrupted', async () => {
    const { reporter } = begin({ file: null });
    const file = await fileOf(root, 'a.test.ts', '1');
    reporter.onTestRunEnd([file], [], 'interrupted');
    expect(printed).toBe('');
    reporter.onTestRunEnd([file], [], 'passed');
    expect(printed).not.toContain('All of it');
  });

  it.each([
    [{ threshold: {} }, 'threshold', 'did you mean "thresholds"'],
    [{ thresholds: { arrows: 101 } }, 'thresholds.arrows', '101'],
    [{ thresholds: { flows: { shop: { arows: 9 } } } }, 'thresholds.flows.shop.arows', 'arrows'],
    [{ thresholds: { flows: [] } }, 'thresholds.flows', 'shares by the names of flows'],
    [{ file: 7 }, 'file', '7'],
    [{ listed: -1 }, 'listed', '-1'],
  ])('refuses %j, and names it', (options, option, says) => {
    expect(() => new CoverageReporter(options as never)).toThrow(
      expect.objectContaining({ code: 'HS_COVERAGE_OPTION', option, message: expect.stringMatching(new RegExp(says, 'i')) as string }),
    );
  });
});
