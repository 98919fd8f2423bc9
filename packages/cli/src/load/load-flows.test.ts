import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project } from '../cli.test-support.ts';

/** Name and version of all flows, in their order. */
async function flowsOf(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<unknown> {
  const { out, err } = await hookswitch(['check', '--json', ...args], { cwd: project(files) });
  if (out === '') return err;
  const { flows } = JSON.parse(out) as { flows: { name: string; version: string; file: string }[] };
  return flows.map(({ name, version, file }) => `${name} ${version} ${file}`);
}

describe('loading flows', () => {
  it('finds them in a folder and its subfolders, whatever kind of module they are in', async () => {
    const files = {
      'flows/b.ts': flowSource('b'),
      'flows/a/c.mts': flowSource('c'),
      'flows/d.js': flowSource('d'),
      'flows/e.mjs': flowSource('e'),
    };
    expect(await flowsOf(files)).toEqual(['c 1 flows/a/c.mts', 'b 1 flows/b.ts', 'd 1 flows/d.js', 'e 1 flows/e.mjs']);
  });

  it('leaves out tests, declarations, configs, what is installed and what is hidden', async () => {
    const files = Object.fromEntries(
      ['a.test.ts', 'a.spec.js', 'a.d.ts', 'vitest.config.ts', '.cache/a.ts', 'node_modules/x/a.js'].map((path) => [
        `flows/${path}`,
        'throw new Error("loaded");',
      ]),
    );
    expect(await flowsOf({ ...files, 'flows/only.ts': flowSource('only') })).toEqual(['only 1 flows/only.ts']);
  });

  it('takes every exported flow, the default export first, and each once', async () => {
    const two = `${flowSource('two').replace('export default', 'export const aaa =')}export { aaa as zzz };\n`;
    const one = flowSource('one')
      .replace("import { capture, defineFlow, say } from '@hookswitch/dsl';\n", '')
      .replace('export default', 'const one =');
    expect(await flowsOf({ 'flows/both.ts': `${two}${one}export default one;\nexport const helper = 1;` })).toEqual([
      'one 1 flows/both.ts',
      'two 1 flows/both.ts',
    ]);
  });

  it('takes what stands in exported lists, also where the module was compiled to CommonJS', async () => {
    const list = `${flowSource('one').replace('export default', 'const one =')}${flowSource('two')
      .replace(/^import .*$/m, '')
      .replace('export default', 'const two =')}`;
    const names = ['one 1 flows/a.', 'two 1 flows/a.'];
    expect(await flowsOf({ 'flows/a.ts': `${list}export default [one, two];` })).toEqual(names.map((name) => `${name}ts`));
    expect(await flowsOf({ 'flows/a.ts': `${list}export const all = [one, [two]];` })).toEqual(names.map((name) => `${name}ts`));
    // What a module that was compiled to CommonJS comes as.
    const common = `${list}export default Object.defineProperty({ default: [one, [two]] }, '__esModule', { value: true });`;
    expect(await flowsOf({ 'flows/a.ts': common })).toEqual(names.map((name) => `${name}ts`));
  });

  it('follows links to files and folders, and reads what they lead to once', async () => {
    const cwd = project({
      'flows/a.ts': flowSource('a'),
      'shared/b.ts': flowSource('b'),
      'shared/deep/c.ts': flowSource('c'),
      'one/d.ts': flowSource('d'),
    });
    const link = (from: string, to: string) => symlinkSync(join(cwd, to), join(cwd, from));
    link('flows/shared', 'shared');
    link('flows/again', 'shared/deep');
    link('flows/d.ts', 'one/d.ts');
    link('shared/deep/round', 'flows');
    link('flows/nowhere', 'gone');
    link('flows/circle', 'flows/circle');
    const { out } = await hookswitch(['check', '--json'], { cwd });
    expect((JSON.parse(out) as { flows: { name: string }[] }).flows.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('puts versions of one flow into their order', async () => {
    const files = Object.fromEntries(['10', '9', '1'].map((version) => [`flows/v${version}.ts`, flowSource('support', { version })]));
    expect(await flowsOf(files)).toEqual(['support 1 flows/v1.ts', 'support 9 flows/v9.ts', 'support 10 flows/v10.ts']);
  });

  it('takes files and folders as arguments in place of the configured ones', async () => {
    const files = { 'flows/a.ts': flowSource('a'), 'more/b.ts': flowSource('b'), 'c.ts': flowSource('c') };
    expect(await flowsOf(files, 'more', 'c.ts')).toEqual(['b 1 more/b.ts', 'c 1 c.ts']);
  });

  it('takes flows from the config file, its paths counting from there', async () => {
    const config =
      "import mine from './mine.ts';\nexport default { flows: ['lib', { flow: mine, numbers: ['+6531580000'] }, { flow: './lib/a.ts', default: true }] };";
    const cwd = project({ 'conf/hookswitch.config.ts': config, 'conf/mine.ts': flowSource('mine'), 'conf/lib/a.ts': flowSource('a') });
    const { out } = await hookswitch(['check', '--json', '-c', 'conf/hookswitch.config.ts'], { cwd });
    expect((JSON.parse(out) as { flows: { name: string }[] }).flows.map(({ name }) => name)).toEqual(['a', 'mine']);
  });

  it.each<[string, Record<string, string>, readonly string[], string]>([
    ['a folder that is not there', {}, ['nowhere/'], 'nowhere/: there is no such file or folder.'],
    ['a folder without modules', { 'flows/README.md': '' }, [], 'flows: holds no modules. Export one: export default defineFlow('],
    [
      'a folder without flows',
      { 'flows/a.ts': 'export const a = 1;', 'flows/b.ts': '' },
      [],
      'flows: holds 2 modules, and none exports a flow.',
    ],
    ['a file without flows', { 'a.ts': 'export default function* () {}' }, ['a.ts'], 'a.ts: exports no flow.'],
    ['a file that is no module', { 'a.json': '{}' }, ['a.json'], 'a.json: is no module.'],
    [
      'one name twice',
      { 'flows/a.ts': flowSource('a'), 'flows/b.ts': flowSource('a') },
      [],
      'Two flows are called "a" in version "1": flows/a.ts and flows/b.ts.',
    ],
    [
      'a route with several flows',
      { 'hookswitch.config.ts': "export default { flows: [{ flow: 'lib' }] };", 'lib/a.ts': flowSource('a'), 'lib/b.ts': flowSource('b') },
      [],
      'flows[0].flow: "lib" holds several flows (a, b), and a route names one.',
    ],
  ])('refuses %s', async (_what, files, args, problem) => {
    expect(await flowsOf(files, ...args)).toContain(problem);
  });

  it('says where a flow threw while it was loaded', async () => {
    const source =
      "import { defineFlow } from '@hookswitch/dsl';\n\nexport default defineFlow({ name: 'a', voic: 'x' } as never, function* () {});\n";
    const said = await flowsOf({ 'flows/a.ts': source });
    expect(said).toMatch(/^hookswitch: flows\/a\.ts:3:\d+ threw while it was loaded\. FlowDefinitionError: .*Did you mean "voice"\?/);
  });
});
