import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalFile } from '@hookswitch/dsl';
import { startCall } from '@hookswitch/dsl/testing';
import { describe, expect, it } from 'vitest';
import { hookswitch, project } from '../cli.test-support.ts';

const flow = (greeting = 'Welcome.', menuId = 'main') => `
import { writeFileSync } from 'node:fs';
import { bridge, defineFlow, menu, say, step } from '@hookswitch/dsl';
export default defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('${greeting}');
  const topic = yield* menu('Orders 1, people 2.', { 1: 'order', 2: 'people' }, { id: '${menuId}', otherwise: 'people' });
  if (topic === 'order') {
    const state = yield* step('find', () => { writeFileSync(new URL('./ran', import.meta.url), 'yes'); return 'lost'; }, { examples: { found: 'on its way', none: 'unknown' } });
    yield say(\`It is \${state}.\`);
  }
  yield* bridge('+6531589338', { id: 'clerk' });
  yield say('Bye.');
});
`;

/** A call that chose its order and was connected, as a file. */
async function recorded(folder: string): Promise<void> {
  const loaded = (await import(join(folder, 'flows/shop.ts'))) as { default: Parameters<typeof startCall>[0] };
  const call = await startCall(loaded.default, { steps: { find: 'on its way' } });
  await call.press('1');
  await call.bridgeEnds('busy');
  const file: JournalFile = {
    format: 'hookswitch-journal',
    version: 1,
    flow: 'shop',
    flowVersion: '1',
    status: 'ended',
    call: { ...call.call, id: 'the-call' },
    entries: [...call.journal],
    site: 'closed',
    heard: [
      { after: 0, actions: call.sent[0]?.callflow ?? [] },
      { after: 2, actions: call.sent[1]?.callflow ?? [] },
      { after: 3, actions: call.sent[2]?.callflow ?? [] },
    ],
  };
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(folder, 'call.json'), JSON.stringify(file));
}

async function world(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = project({ 'flows/shop.ts': flow() });
  await recorded(folder);
  const { writeFileSync } = await import('node:fs');
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

const fork = (folder: string, ...args: readonly string[]) => hookswitch(['fork', 'call.json', ...args], { cwd: folder });

describe('hookswitch fork', () => {
  it('plays on from a turn, without running a step', async () => {
    const folder = await world();
    const { code, out } = await fork(folder, 'flows', '--turn', '0', '--keys', '1', 'busy');
    expect([code, out]).toEqual([
      0,
      `shop@1, from turn 0
main
» Welcome.
» Orders 1, people 2.
« 1 you
· find → on its way as then
clerk
» It is on its way.
» ☎ +6531589338
« busy you
ended
» Bye.
« The flow hangs up 
It is over: the flow hung up.
`,
    ]);
    expect(existsSync(join(folder, 'flows/ran'))).toBe(false);
  });

  it('asks what steps give, and says what there is to choose', async () => {
    const folder = await world();
    const asked = await fork(folder, 'flows', '--turn', '0', '--ask-steps', '--keys', '1');
    expect(asked.out).toContain('It waits for what "find" gives: recorded, found, none, fails, or JSON.');
    expect((await fork(folder, 'flows', '--turn', '0', '--ask-steps', '--keys', '1', 'none')).out).toContain('+ It is unknown.');
    expect((await fork(folder, 'flows', '--turn', '0', '--ask-steps', '--keys', '1', '"late"')).out).toContain('+ It is late.');
  });

  it('shows what was heard then where that differs', async () => {
    const folder = await world({ 'shop.ts': flow('Hello.') });
    const { code, out } = await fork(folder, 'shop.ts', '--turn', '1', '--keys', 'busy');
    expect([code, out]).toEqual([0, expect.stringContaining('- Welcome.\n+ Hello.\n» Orders 1, people 2.\n« 1 as then')]);
  });

  it('says where the code goes another way, what to do, and exits with 1', async () => {
    const folder = await world({ 'shop.ts': flow('Welcome.', 'topic') });
    const { code, out } = await fork(folder, 'shop.ts', '--turn', '1', '--keys', '1');
    expect(code).toBe(1);
    expect(out).toContain('main');
    expect(out).toMatch(/≠ Answer 1 of \d was given at "main"; now the code waits at "topic"/);
    expect(out).toContain('Give what is asked at "topic" the old id "main"');
  });

  it('writes a test', async () => {
    const folder = await world();
    const { code, err } = await fork(folder, 'flows', '--turn', '1', '--keys', 'busy', '--test', 'flows/forked.test.ts');
    expect([code, err]).toEqual([0, 'Wrote flows/forked.test.ts.\n']);
    const text = readFileSync(join(folder, 'flows/forked.test.ts'), 'utf8');
    expect(text).toContain("import shop from './shop.ts';");
    expect(text).toContain("steps: { find: 'on its way' }");
    expect(text).toContain("await call.bridgeEnds('busy');");
  });

  it('prints JSON', async () => {
    const { out } = await fork(await world(), 'flows', '--turn', '0', '--keys', '2', '--json');
    expect(JSON.parse(out)).toMatchObject({ site: 'clerk', waits: { for: 'bridge' } });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a turn that the call does not have', ['flows', '--turn', '9', '--keys', '1'], /The call has no turn 9. It has turns 0 to 2/],
    ['a version that is not there', ['flows', '--flow-version', '7', '--keys', '1'], /Version "7" of "shop" is not served. There is: 1/],
    [
      'a deed that can not be done',
      ['flows', '--turn', '0', '--keys', 'busy'],
      /busy: There is no end of a bridge \(busy\) here: the flow waits for keys at "main"/,
    ],
    ['--test without --keys', ['flows', '--test', 'x.ts'], /--test and --json need --keys/],
  ])('refuses %s in one sentence', async (_, args, message) => {
    const ran = await fork(await world(), ...args);
    expect([ran.code === 0, ran.err]).toEqual([false, expect.stringMatching(message)]);
  });

  it('says so where nobody serves the call', async () => {
    const folder = await world();
    const ran = await hookswitch(['fork', 'abc', 'flows', '--from', 'http://127.0.0.1:9', '--keys', '1'], { cwd: folder });
    expect([ran.code, ran.err]).toEqual([expect.any(Number), expect.stringMatching(/http:\/\/127\.0\.0\.1:9/)]);
    const odd = await hookswitch(['fork', 'abc', 'flows', '--from', 'journals', '--keys', '1'], { cwd: folder });
    expect(odd.err).toContain('--from is the address of a server');
  });
});
