import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasOwnSqlite } from '@hookswitch/runtime/inside';
import { describe, expect, it } from 'vitest';
import { hookswitch, project, started } from '../cli.test-support.ts';
import { LIGHT_MY_REQUEST, projectFiles, SQLITE_PACKAGE, TOOLS } from '../init/project-files.ts';
import { packageVersion } from '../package-version.ts';

type Manifest = {
  name: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, string>;
};
const workspace = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as Manifest;
/** Our packages, and tarballs of them that hold their names. */
const OURS = ['dsl', 'cli', 'runtime', 'console', 'simulator'];
const TARBALLS = Object.fromEntries(OURS.map((name) => [`hookswitch-${name}-0.1.0.tgz`, name]));
const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Makes a project in a folder of its own, without installing anything. */
async function made(name = 'my-ivr', ...args: readonly string[]) {
  const cwd = project();
  return { ...(await hookswitch(['init', name, '--no-install', ...args], { cwd })), folder: join(cwd, name) };
}

describe('hookswitch init', () => {
  it('makes a project and says how to go on', async () => {
    const { code, out, folder } = await made();
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^✓ wrote package\.json, [^]*\nNext:\n {2}cd my-ivr\n {2}npm install\n {2}npm test\n {2}npm start\n$/),
    ]);
    expect(readdirSync(folder).toSorted()).toEqual([
      '.dockerignore',
      '.env.example',
      '.gitignore',
      'Dockerfile',
      'README.md',
      'eslint.config.js',
      'flows',
      'hookswitch.config.ts',
      'package.json',
      'tsconfig.json',
      'vitest.config.ts',
    ]);
  });

  it('adds a workflow where it is wanted: that of docs/gate.md, with scripts that the project has', async () => {
    const { code, folder } = await made('my-ivr', '--github');
    const workflow = readFileSync(join(folder, '.github/workflows/check.yml'), 'utf8');
    const [, documented] = /^```yaml\n([^]*?)^```$/m.exec(readFileSync(new URL('../../../../docs/gate.md', import.meta.url), 'utf8')) ?? [];
    expect([code, workflow]).toEqual([0, documented]);
    const scripts = [...workflow.matchAll(/run: npm (?:run )?(\w+)$/gm)].map(([, name = '']) => name);
    expect(scripts).toEqual(['ci', 'lint', 'typecheck', 'check', 'test']);
    expect(Object.keys(manifestOf(folder).scripts)).toEqual(expect.arrayContaining(scripts.slice(1)));
  });

  it('makes a flow in which nothing is found', async () => {
    const { folder } = await made();
    expect(await hookswitch(['check', '--strict'], { cwd: folder })).toMatchObject({
      code: 0,
      out: expect.stringContaining('✓ reception') as string,
    });
  });

  it('makes a project that starts, with an example environment that changes nothing', async () => {
    const { folder } = await made();
    const { banner } = await started(['--store', 'memory'], { cwd: folder });
    expect(banner).toContain('reception: every other call');
    const example = readFileSync(join(folder, '.env.example'), 'utf8').split('\n');
    expect(example.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('takes the versions of this release and of this repository', async () => {
    const { dependencies, devDependencies, overrides } = manifestOf((await made()).folder);
    const sqlite = hasOwnSqlite(process.versions.node) ? {} : SQLITE_PACKAGE;
    expect(dependencies).toEqual({ '@hookswitch/dsl': packageVersion(), '@hookswitch/cli': packageVersion(), ...sqlite });
    const tools = Object.keys(TOOLS).map((name) => [name, workspace.devDependencies[name]]);
    expect(devDependencies).toEqual(Object.fromEntries(tools));
    expect([overrides['light-my-request'], LIGHT_MY_REQUEST]).toEqual([
      workspace.overrides['light-my-request'],
      workspace.overrides['light-my-request'],
    ]);
  });

  it('asks for a SQLite package only where Node has none', () => {
    const dependenciesWith = (hasSqlite: boolean): unknown => {
      const files = projectFiles({ name: 'ivr', version: '0.1.0', tarballs: null, hasSqlite, hasWorkflow: false });
      return (JSON.parse(files['package.json'] as string) as Manifest).dependencies;
    };
    expect(dependenciesWith(true)).toEqual({ '@hookswitch/dsl': '0.1.0', '@hookswitch/cli': '0.1.0' });
    expect(dependenciesWith(false)).toEqual({ ...(dependenciesWith(true) as object), ...SQLITE_PACKAGE });
    expect(workspace.devDependencies).toMatchObject(SQLITE_PACKAGE);
  });

  it('keeps the tarballs that it is given, and names them by paths of its own', async () => {
    const packages = project(TARBALLS);
    const { folder } = await made('ivr', '--packages', packages);
    const { dependencies, overrides } = manifestOf(folder);
    for (const name of OURS) {
      expect(dependencies[`@hookswitch/${name}`]).toBe(`file:vendor/hookswitch-${name}-0.1.0.tgz`);
      expect(overrides[`@hookswitch/${name}`]).toBe(`$@hookswitch/${name}`);
      expect(readFileSync(join(folder, `vendor/hookswitch-${name}-0.1.0.tgz`), 'utf8')).toBe(name);
    }
  });

  it.each([
    ['tarballs', true],
    ['the packages of the registry', false],
  ])('makes a Dockerfile that copies what npm ci needs: %s', async (_what, isVendored) => {
    const packages = project(TARBALLS);
    const { folder } = await made('ivr', ...(isVendored ? ['--packages', packages] : []));
    const beforeInstall = readFileSync(join(folder, 'Dockerfile'), 'utf8').split('RUN npm ci')[0];
    expect(beforeInstall?.match(/^COPY .*$/gm)).toEqual([
      'COPY package.json package-lock.json ./',
      ...(isVendored ? ['COPY vendor ./vendor'] : []),
    ]);
  });

  it.each([
    ['My IVR', 'my-ivr'],
    ['_x', 'x'],
    ['hookswitch', 'my-ivr'],
    ['é', 'my-ivr'],
  ])('makes of the folder %j the name %j', async (folder, name) => {
    expect(manifestOf((await made(folder)).folder).name).toBe(name);
  });

  it('works in the folder that one is in, beside other files', async () => {
    const cwd = project({ '.git/HEAD': '', LICENSE: '' });
    expect(await hookswitch(['init', '--no-install'], { cwd })).toMatchObject({
      code: 0,
      out: expect.not.stringContaining('cd ') as string,
    });
    expect(existsSync(join(cwd, 'flows/reception.ts'))).toBe(true);
  });

  it('replaces nothing', async () => {
    const cwd = project({ 'package.json': '{}' });
    const { code, err } = await hookswitch(['init', '--no-install'], { cwd });
    expect([code, err, readdirSync(cwd)]).toEqual([
      2,
      expect.stringContaining('holds package.json already, and nothing is replaced.'),
      ['package.json'],
    ]);
  });

  it.each([
    ['a file', ['LICENSE'], 'LICENSE is a file. Name a folder.'],
    ['a folder below a file', ['LICENSE/ivr'], 'can not be written (ENOTDIR)'],
    ['packages that are nowhere', ['ivr', '--packages', 'nowhere'], '--packages: there is no folder nowhere.'],
    ['a folder without tarballs', ['ivr', '--packages', '.'], '--packages: . holds no hookswitch-dsl-….tgz.'],
    [
      'two tarballs of one package',
      ['ivr', '--packages', 'two'],
      'holds hookswitch-dsl-0.1.0.tgz and hookswitch-dsl-0.2.0.tgz. Keep one of them.',
    ],
  ])('refuses %s', async (_what, args, problem) => {
    const cwd = project({ LICENSE: '', 'two/hookswitch-dsl-0.1.0.tgz': '', 'two/hookswitch-dsl-0.2.0.tgz': '' });
    const { code, err } = await hookswitch(['init', '--no-install', ...args], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining(problem)]);
  });

  it('keeps the project when npm fails, and says what npm said', async () => {
    const cwd = project();
    const { code, err } = await hookswitch(['init', 'ivr'], { cwd, env: { PATH: project() } });
    expect([code, err]).toEqual([3, expect.stringMatching(/The project in .*ivr is written, but npm install failed there[^]*ENOENT/)]);
    expect(existsSync(join(cwd, 'ivr/package.json'))).toBe(true);
  });
});
