// Everything that must hold, in one command: `npm test`, which is what CI runs.
// `npm test -- types lint` runs only the stages that are named.
// Once the packages are built, the tests and the other stages run side by side: tests wait often, and leave the machine to them.
// The last line is `N passed, N failed`: each test counts, and each other stage counts as one.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, root, run } from './run.mjs';

// Each gives its exit code, or how many passed and failed; `options` say where its output goes.
const stages = {
  build: { what: 'compile the packages', run: (options) => run('node', ['scripts/build.mjs'], options) },
  tests: { what: 'Vitest', run: runTests },
  types: { what: 'type-check sources, tests and examples', run: (options) => run('tsc', ['-p', 'tsconfig.test.json'], options) },
  lint: { what: 'ESLint', run: (options) => run('eslint', ['.', '--quiet'], options) },
  imports: {
    what: 'dependency-cruiser: one way along the stages, no cycles',
    run: (options) => run('depcruise', ['--config', '.dependency-cruiser.mjs', 'packages', 'examples', 'test'], options),
  },
  api: { what: 'docs/api says what the packages export', run: (options) => run('node', ['scripts/api-report.mjs', '--check'], options) },
  format: { what: 'Prettier', run: (options) => run('prettier', ['--check', '--log-level', 'warn', '.'], options) },
  packages: {
    what: 'pack, inspect and install the packages',
    run: (options) => run('node', ['scripts/check-packages.mjs'], options),
    needs: 'build',
  },
};
/** What runs when: one row after the other, the lanes of a row side by side, and the stages of a lane one after the other. */
// Packing builds anew, under the feet of tests that run what was built.
const ROWS = [[['build']], [['tests'], ['types', 'lint', 'imports', 'api', 'format']], [['packages']]];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`Unknown stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`);
  process.exit(2);
}

process.chdir(root);
const total = { passed: 0, failed: 0 };
const failures = [];
const done = [];
const before = await treeState();

for (const row of ROWS) {
  const lanes = row.map((lane) => lane.filter((name) => wanted.length === 0 || wanted.includes(name))).filter((lane) => lane.length > 0);
  const isShared = lanes.length > 1;
  if (isShared) console.log(`\nSide by side, each told when it is over: ${lanes.map((lane) => lane.join(', then ')).join(' | ')}`);
  await Promise.all(
    lanes.map(async (lane) => {
      for (const name of lane) await runStage(name, isShared);
    }),
  );
}

const litter = process.env.CI ? newFiles(before, await treeState()) : [];
if (litter.length > 0) {
  console.log(`\n✗ a stage left files in the tree:\n${litter.join('\n')}`);
  count('tree', { passed: 0, failed: 1 });
}

console.log(failures.length === 0 ? '\nAll stages passed.' : `\nFailed: ${failures.join(', ')}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed`);

/** Runs a stage and tells of it: at once, or where others run beside it, all together when it is over. */
async function runStage(name, isShared) {
  const { what, run: start, needs } = stages[name];
  const kept = [];
  const tell = isShared ? (text) => kept.push(text) : (text) => process.stdout.write(text);
  tell(`\n── ${name}: ${what}\n`);
  if (needs && failures.includes(needs)) {
    tell(`✗ ${name} needs ${needs}, which failed\n`);
    count(name, { passed: 0, failed: 1 });
  } else {
    const started = Date.now();
    const result = await start(isShared ? { tell } : {});
    const counts = typeof result === 'number' ? { passed: Number(result === 0), failed: Number(result !== 0) } : result;
    count(name, counts);
    tell(`${counts.failed === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  }
  if (isShared) process.stdout.write(kept.join(''));
}

function count(name, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(name);
  else done.push(name);
}

/** Runs all tests; a file that could not be loaded and an error outside any test count as failed, too. */
async function runTests(options) {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-check-'));
  const report = join(folder, 'vitest.json');
  try {
    const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
      ...options,
      // As in CI, a missing snapshot fails instead of being written. Processes run what was compiled a moment ago, and by nobody else.
      env: { CI: 'true', TEST_BUILT_PACKAGES: done.includes('build') ? 'yes' : '' },
    });
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
    );
    const failed = numFailedTests + broken.length;
    return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } catch (error) {
    (options.tell ?? ((text) => process.stderr.write(text)))(`Vitest gave no report: ${error instanceof Error ? error.message : error}\n`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What git sees beside the last commit; empty where there is no git. */
async function treeState() {
  const { code, output } = await capture('git', ['status', '--porcelain', '--untracked-files=all']);
  return code === 0 ? output.split('\n').filter(Boolean) : [];
}

function newFiles(earlier, later) {
  return later.filter((line) => !earlier.includes(line));
}
