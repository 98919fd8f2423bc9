import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project } from '../cli.test-support.ts';

const files = { 'flows/a.ts': flowSource('hello'), 'flows/b.ts': flowSource('other') };

describe('hookswitch graph', () => {
  it('draws Mermaid by itself', async () => {
    const { code, out } = await hookswitch(['graph', 'hello'], { cwd: project(files) });
    expect([code, out]).toEqual([0, expect.stringMatching(/^stateDiagram-v2\n/)]);
  });

  it("gives JSON for Stately's tools", async () => {
    const { out } = await hookswitch(['graph', 'hello', '--format', 'json'], { cwd: project(files) });
    expect(JSON.parse(out)).toMatchObject({ id: 'hello', initial: 'idle' });
  });

  it('draws examples that are called as every object has something', async () => {
    const examples = '{ constructor: 1, toString: 2, ["__proto__"]: 3 }';
    const body = flowSource('odd')
      .replace('say }', 'say, step }')
      .replace("  yield say('", `  yield* step('find', () => 1, { examples: ${examples} });\n  yield say('`);
    const { code, out } = await hookswitch(['graph', 'odd', '--format', 'json'], { cwd: project({ 'flows/odd.ts': body }) });
    const { states } = JSON.parse(out) as { states: Record<string, { on: object }> };
    expect([code, Object.keys(states['find']?.on ?? {})]).toEqual([0, expect.arrayContaining(['constructor', 'toString', '__proto__'])]);
  });

  it('draws universal keys where they are asked for', async () => {
    const keyed = flowSource('keyed')
      .replace('capture, ', 'menu, ')
      .replace('voice:', "keys: { repeat: '*' }, voice:")
      .replace(/yield\* capture\(.*\);/, "yield* menu('One.', { 1: 'one' }, { id: 'main', otherwise: 'none' });");
    for (const format of ['mermaid', 'json', 'svg']) {
      const draw = async (...more: string[]) =>
        (await hookswitch(['graph', 'keyed', '-f', format, ...more], { cwd: project({ 'flows/a.ts': keyed }) })).out;
      expect([(await draw()).includes('(repeat)'), (await draw('--keys')).includes('(repeat)')], format).toEqual([false, true]);
    }
  });

  it('draws a picture', async () => {
    const { out } = await hookswitch(['graph', 'hello', '-f', 'svg'], { cwd: project(files) });
    expect(out).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  it('writes to a file', async () => {
    const cwd = project(files);
    expect(await hookswitch(['graph', 'other', 'flows/b.ts', '-o', 'other.mmd'], { cwd })).toEqual({
      code: 0,
      out: '',
      err: 'Wrote other.mmd.\n',
    });
    expect(readFileSync(join(cwd, 'other.mmd'), 'utf8')).toMatch(/^stateDiagram/);
  });

  it('draws what tests took, from the file that the reporter writes, in every format', async () => {
    const report = { format: 1, flows: [{ name: 'hello', version: '1', sites: [], arrows: [], offChart: [] }] };
    const cwd = project({ ...files, '.hookswitch/coverage.json': JSON.stringify(report), 'other.json': JSON.stringify(report) });
    const draw = async (...more: string[]) => (await hookswitch(['graph', 'hello', '--coverage', ...more], { cwd })).out;
    expect(await draw()).toMatch(/^flowchart TD\n[^]*never reached[^]* -\.-> /);
    expect(await draw('other.json', '-f', 'svg')).toContain('hs-untaken"');
    expect(await draw('-f', 'json')).toContain('"not taken"');
  });

  it('says where there is no such file, and where it is of something else', async () => {
    const cwd = project({ ...files, 'c.json': '{"total":1}', 'none.json': '{"format":1,"flows":[]}' });
    const { code, err } = await hookswitch(['graph', 'hello', '--coverage'], { cwd });
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('.hookswitch/coverage.json is not there. Run your tests with the reporter that writes it'),
    ]);
    expect(await hookswitch(['graph', 'hello', '--coverage', 'c.json'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('c.json: It is no report of @hookswitch/dsl/coverage') as string,
    });
    const unseen = await hookswitch(['graph', 'hello', '--coverage', 'none.json'], { cwd });
    expect([unseen.code, unseen.err]).toEqual([0, expect.stringContaining('No test called flow "hello" in version 1')]);
    expect(unseen.out).not.toContain('-->');
  });

  it('draws the newest version', async () => {
    const cwd = project({ 'flows/1.ts': flowSource('a', { id: 'old' }), 'flows/2.ts': flowSource('a', { version: '2', id: 'new' }) });
    const { out } = await hookswitch(['graph', 'a'], { cwd });
    expect(out).toContain('new (capture)');
  });

  it('names the near miss of an unknown flow', async () => {
    const { code, err } = await hookswitch(['graph', 'helo'], { cwd: project(files) });
    expect([code, err]).toEqual([2, expect.stringContaining('There is no flow "helo". Did you mean "hello"? There are: hello, other.')]);
  });
});
