// Everything that must hold, in one command: `npm test`, which is what CI runs.
// `npm test -- types lint` runs only the stages that are named.
// The last line is `N passed, N failed`: each test counts, and each other stage counts as one.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, root, run } from './run.mjs';

const stages = {
  build: { what: 'compile the packages', run: () => run('node', ['scripts/build.mjs']) },
  types: { what: 'type-check sources, tests and examples', run: () => run('tsc', ['-p', 'tsconfig.test.json']) },
  lint: { what: 'ESLint', run: () => run('eslint', ['.', '--quiet']) },
  imports: {
    what: 'dependency-cruiser: one way along the stages, no cycles',
    run: () => run('depcruise', ['--config', '.dependency-cruiser.mjs', 'packages', 'examples', 'test']),
  },
  format: { what: 'Prettier', run: () => run('prettier', ['--check', '--log-level', 'warn', '.']) },
  tests: { what: 'Vitest', run: runTests },
  packages: { what: 'pack, inspect and install the packages', run: () => run('node', ['scripts/check-packages.mjs']), needs: 'build' },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`Unknown stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`);
  process.exit(2);
}

process.chdir(root);
const total = { passed: 0, failed: 0 };
const failures = [];
const before = await treeState();

for (const [name, stage] of Object.entries(stages)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name}: ${stage.what}`);
  if (stage.needs && failures.includes(stage.needs)) {
    console.log(`✗ ${name} needs ${stage.needs}, which failed`);
    count(name, { passed: 0, failed: 1 });
    continue;
  }
  const started = Date.now();
  const result = await stage.run();
  const counts = typeof result === 'number' ? { passed: Number(result === 0), failed: Number(result !== 0) } : result;
  count(name, counts);
  console.log(`${counts.failed === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

const litter = process.env.CI ? newFiles(before, await treeState()) : [];
if (litter.length > 0) {
  console.log(`\n✗ a stage left files in the tree:\n${litter.join('\n')}`);
  count('tree', { passed: 0, failed: 1 });
}

console.log(failures.length === 0 ? '\nAll stages passed.' : `\nFailed: ${failures.join(', ')}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed`);

function count(name, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(name);
}

/** Runs all tests; a file that could not be loaded and an error outside any test count as failed, too. */
async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-check-'));
  const report = join(folder, 'vitest.json');
  try {
    // As in CI, a missing snapshot fails instead of being written.
    const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
      env: { CI: 'true' },
    });
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
    );
    const failed = numFailedTests + broken.length;
    return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } catch (error) {
    console.error(`Vitest gave no report: ${error instanceof Error ? error.message : error}`);
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
