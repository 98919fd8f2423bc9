// The packages as a user gets them: packed, inspected, installed into a project outside the workspace, type-checked and run there.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, root } from './run.mjs';

const workspace = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const packages = readdirSync(join(root, 'packages')).map((folder) => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
  return { folder, manifest, name: manifest.name };
});

const temporary = mkdtempSync(join(tmpdir(), 'hookswitch-packages-'));
let failed = false;
try {
  const tarballs = {};
  for (const { folder, manifest, name } of packages) {
    const packed = await must(`npm pack ${name}`, 'npm', [
      'pack',
      '--json',
      '--loglevel=error',
      '--pack-destination',
      temporary,
      '-w',
      `packages/${folder}`,
    ]);
    if (packed === null) continue;
    const [{ filename, files, size }] = parsePack(packed);
    const tarball = join(temporary, filename);
    tarballs[name] = `file:${tarball}`;
    checkContents(manifest, files, size);
    await must(`publint ${name}`, 'publint', ['run', tarball, '--strict']);
    await must(`types of ${name}`, 'attw', [
      tarball,
      '--profile',
      'esm-only',
      '--no-definitely-typed',
      '--no-emoji',
      '--no-color',
      '--format',
      'ascii',
    ]);
  }
  if (!failed) await checkConsumer(tarballs);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

/** What a package must hold and what it must not. */
function checkContents(manifest, files, size) {
  const paths = files.map((file) => file.path);
  const targets = [
    ...Object.values(manifest.exports).flatMap((entry) => Object.values(Object(entry))),
    ...Object.values(manifest.bin ?? {}),
  ];
  const wanted = [
    'README.md',
    'LICENSE',
    'package.json',
    ...targets.filter((path) => path.startsWith?.('./')).map((path) => path.slice(2)),
  ];
  const missing = wanted.filter((path) => !paths.includes(path));
  const odd = paths.filter((path) => /\.(test|bench|test-support)\.|\.tsbuildinfo$|(^|\/)src\//.test(path));
  if (missing.length > 0) fail(`contents of ${manifest.name}`, `missing: ${missing.join(', ')}`);
  if (odd.length > 0) fail(`contents of ${manifest.name}`, `should not be packed: ${odd.join(', ')}`);
  if (missing.length + odd.length === 0)
    console.log(`✓ contents of ${manifest.name}: ${paths.length} files, ${Math.round(size / 1024)} kB`);
}

/** Installs the tarballs as a user would and runs what test/consumer holds. */
async function checkConsumer(tarballs) {
  const project = join(temporary, 'consumer');
  mkdirSync(project);
  cpSync(join(root, 'test', 'consumer'), project, { recursive: true });
  const tools = ['typescript', 'vitest', 'eslint', '@types/node'].map((name) => [name, workspace.devDependencies[name]]);
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: tarballs,
    devDependencies: Object.fromEntries(tools),
    // The packages name each other by version; here all of them come from the tarballs.
    overrides: { ...workspace.overrides, ...Object.fromEntries(Object.keys(tarballs).map((name) => [name, `$${name}`])) },
  };
  const tsconfig = {
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      types: ['node'],
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
    },
    include: ['*.ts'],
  };
  const eslintConfig =
    "import hookswitch from '@hookswitch/dsl/eslint';\nexport default [hookswitch.configs.recommended, { ignores: ['**/*.ts'] }];\n";
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig, null, 2));
  writeFileSync(join(project, 'eslint.config.js'), eslintConfig);
  const steps = [
    ['install the tarballs', 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']],
    ['type-check a project that uses them', 'npx', ['--no-install', 'tsc', '-p', '.']],
    ['test a flow in it', 'npx', ['--no-install', 'vitest', 'run']],
    ['lint a flow in it', 'npx', ['--no-install', 'eslint', '.']],
    ['run the command', 'npx', ['--no-install', 'hookswitch', '--version']],
  ];
  for (const [what, command, args] of steps) if ((await must(what, command, args, project)) === null) return;
}

/** Runs a command quietly and gives back its output; where it fails, its output is shown and null given back. */
async function must(what, command, args, cwd) {
  const started = Date.now();
  const { code, output } = await capture(command, args, { cwd });
  if (code !== 0) {
    fail(what, output);
    return null;
  }
  console.log(`✓ ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return output;
}

function fail(what, why) {
  failed = true;
  console.log(`✗ ${what}\n${why.trim()}`);
}

/** npm prints a list, newer ones an object by package name, either after whatever scripts and warnings printed. */
function parsePack(output) {
  const json = JSON.parse(output.slice(output.search(/^[[{]/m)));
  return Array.isArray(json) ? json : Object.values(json);
}
