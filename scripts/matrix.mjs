// The core of the tests on each supported version of Node: `npm run test:matrix`, or `npm run test:matrix -- 22 26` for some of them.
// What follows another `--` are tests, as vitest wants them named: `npm run test:matrix -- 22 -- packages/dsl`.
// Left out is what does not depend on Node or brings its own: the browser, trials of servers in processes, the documents' code, and the project made by `init`.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, run } from './run.mjs';

/** The oldest release that we support, and the newest of each line since. */
const VERSIONS = ['20.19.0', '22', '24', '26'];
const LEFT_OUT = ['test/console/**', 'test/faults/**', 'test/docs.test.ts', 'test/init.test.ts', 'test/dev.test.ts'];

const given = process.argv.slice(2);
const end = given.includes('--') ? given.indexOf('--') : given.length;
const wanted = given.slice(0, end);
const tests = given.slice(end + 1);
const unknown = wanted.filter((version) => !VERSIONS.includes(version));
if (unknown.length > 0) {
  console.error(`Unknown version ${unknown.join(', ')}; the matrix has ${VERSIONS.join(', ')}.`);
  process.exit(2);
}

process.chdir(root);
const reports = mkdtempSync(join(tmpdir(), 'hookswitch-matrix-'));
const rows = [];
for (const version of VERSIONS.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  console.log(`\n── Node ${version}`);
  rows.push(await runOn(version));
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${['node', 'passed', 'failed', 'seconds'].map((title) => title.padEnd(10)).join('')}`);
for (const { node, passed, failed, seconds } of rows)
  console.log([node, passed, failed, seconds].map((value) => String(value).padEnd(10)).join(''));
process.exitCode = rows.every(({ passed, failed }) => passed > 0 && failed === 0) ? 0 : 1;

/** Installs a version of Node into .tmp/, and runs the tests on it. */
async function runOn(version) {
  const folder = join(root, '.tmp', 'node', version);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const bin = join(folder, 'node_modules', name, 'bin');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(bin)) {
    const install = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    if ((await run('npm', [...install, `${name}@${version}`])) !== 0) return { node: version, passed: 0, failed: 1, seconds: 0 };
  }
  const report = join(reports, `${version}.json`);
  const started = Date.now();
  const code = await run(
    join(bin, 'node'),
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...tests,
      ...LEFT_OUT.map((pattern) => `--exclude=${pattern}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    // What tests start by the name `node` must be the same one; it runs what was built a moment ago.
    { env: { PATH: [bin, process.env.PATH].join(delimiter), CI: 'true', TEST_BUILT_PACKAGES: 'yes' } },
  );
  const seconds = Math.round((Date.now() - started) / 1000);
  if (!existsSync(report)) return { node: version, passed: 0, failed: 1, seconds };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return { node: version, passed: numPassedTests, failed: numFailedTests === 0 && code !== 0 ? 1 : numFailedTests, seconds };
}
