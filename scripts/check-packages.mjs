// The packages as a user gets them: packed, inspected, installed into a project outside the workspace, type-checked and run there.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, packages } from './pack.mjs';
import { capture, root } from './run.mjs';

/** A server that answers one webhook. */
const EMBEDDED = `import assert from 'node:assert/strict';
import { defineFlow, say } from '@hookswitch/dsl';
import { hookswitch } from '@hookswitch/runtime';
import Fastify from 'fastify';

const hello = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Hello.');
});
const app = Fastify();
await app.register(hookswitch, { flows: [hello], store: 'memory', allowUnverified: true });
const payload = { sessionId: 'a', subAccountId: 'acme', callStatus: 'CALL_RECEIVED', source: '+6590000001', destination: '+6560000000' };
const reply = await app.inject({ method: 'POST', url: '/webhooks/vca', payload: { eventType: 'CALL_ACTION', payload: { ...payload, timestamp: new Date() } } });
assert.equal(reply.json().callflow[0].params.text, 'Hello.');
await app.close();
`;

const workspace = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const temporary = mkdtempSync(join(tmpdir(), 'hookswitch-packages-'));
let failed = false;
try {
  const tarballs = {};
  for (const { folder, manifest, name } of packages) {
    const { code, output, packed } = await pack(folder, temporary);
    if (packed === null) {
      fail(`npm pack ${name} (exit code ${code})`, output);
      continue;
    }
    const { filename, files, size } = packed;
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
  if (!failed) await checkPublish();
  if (!failed) await checkConsumer(tarballs);
  if (!failed) await checkEmbedded(tarballs);
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

/** Publishes all packages but for the upload. The first one is not built, as in a fresh clone: its `prepack`, which is the same for all, must build it. */
async function checkPublish() {
  const [first, ...others] = packages;
  const odd = others.filter(({ manifest }) => manifest.scripts?.prepack !== first.manifest.scripts?.prepack);
  if (odd.length > 0) return fail('npm publish', `The prepack of ${odd.map(({ name }) => name).join(', ')} is not that of ${first.name}.`);
  rmSync(join(root, 'packages', first.folder, 'dist'), { recursive: true, force: true });
  await checkPublished([first], []);
  await checkPublished(others, ['--ignore-scripts']);
}

async function checkPublished(which, flags) {
  const workspaces = which.flatMap(({ folder }) => ['-w', `packages/${folder}`]);
  const args = ['publish', '--dry-run', '--json', '--loglevel=error', ...flags, ...workspaces];
  const output = await must(`npm publish --dry-run ${which.map(({ name }) => name).join(' ')}`, 'npm', args);
  if (output === null) return;
  // npm prints an object for each package: what it holds, or that by the package's name.
  const published = [...output.matchAll(/^\{[^]*?^\}/gm)].map(([json]) => JSON.parse(json));
  for (const { manifest, name } of which) {
    const found = published.map((one) => one[name] ?? one).find((one) => one.name === name);
    if (found === undefined) fail(`npm publish ${name}`, output);
    else checkContents(manifest, found.files, found.size);
  }
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
  // 28 MB that Node has built in; a Node without it is told what to install.
  if (existsSync(join(project, 'node_modules', '@photostructure')))
    fail('no SQLite package is installed', 'node_modules/@photostructure is there');
}

/** Installs what a Fastify server of somebody's own needs, and nothing else: the command, the console and what they bring stay away, and Fastify is there once. */
async function checkEmbedded(tarballs) {
  const project = join(temporary, 'embedded');
  mkdirSync(project);
  const ours = ['@hookswitch/dsl', '@hookswitch/runtime'];
  const { peerDependencies } = packages.find(({ name }) => name === '@hookswitch/runtime').manifest;
  const manifest = {
    name: 'embedded',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(ours.map((name) => [name, tarballs[name]])),
      ...Object.fromEntries(['fastify', '@opentelemetry/api'].map((name) => [name, peerDependencies[name]])),
    },
    overrides: { ...workspace.overrides, '@hookswitch/dsl': '$@hookswitch/dsl' },
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(join(project, 'server.js'), EMBEDDED);
  const install = ['install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  if ((await must('install what a Fastify server embeds', 'npm', install, project)) === null) return;
  if ((await must('answer a webhook in a Fastify server', 'node', ['server.js'], project)) === null) return;
  const installed = Object.keys(JSON.parse(readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8')).packages);
  const foreign =
    /node_modules\/(tsx|commander|chokidar|elkjs|esbuild|pino-pretty|undici|@fastify\/static|@hookswitch\/(cli|console|simulator))$/;
  const odd = installed.filter((path) => foreign.test(path));
  const copies = installed.filter((path) => path.endsWith('node_modules/fastify'));
  if (odd.length > 0) fail('a Fastify server installs only what it uses', odd.join(', '));
  if (copies.length !== 1) fail('Fastify is installed once', copies.join(', '));
  if (odd.length === 0)
    console.log(`✓ a Fastify server installs ${installed.length} packages, and Fastify ${copies.length === 1 ? 'once' : 'too often'}`);
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
