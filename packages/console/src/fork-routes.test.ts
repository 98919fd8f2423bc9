import { ask, bridge, defineFlow, digits, type JournalFile, menu, say, step } from '@hookswitch/dsl';
import { type AppOptions, createMemoryStore, type Store } from '@hookswitch/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { ConsoleWorld, TOKEN } from './console.test-support.ts';
import type { ForkRequest, ForkView } from './fork-views.ts';
import { hookswitchConsole } from './plugin.ts';
import type { ProblemView, TestView } from './views.ts';

const voice = 'en-US-BenjaminRUS';
const DATA_KEYS = Buffer.from('thirty-two bytes for a test key!').toString('base64');
let ran = 0;
const shop = (version = '1', bills = 'For bills', first = 'main') =>
  defineFlow({ name: 'shop', version, voice }, function* () {
    yield say('Welcome.');
    yield* menu(`${bills} press 1.`, { 1: 'bills', 2: 'people' }, { id: first });
    yield* ask('Your code?', { id: 'pin', validate: digits(4), sensitive: true });
    const owed = yield* step('owed', () => (ran++, { amount: 12, call: '+6531589338' }), {
      examples: { twelve: { amount: 12, call: '' } },
    });
    yield say(`You owe ${owed.amount} dollars. Call ${owed.call}.`);
    yield* bridge('+6531589338', { id: 'clerk' });
    yield* menu('Helped? 1 yes.', { 1: true }, { id: 'helped', otherwise: true });
  });

let world: ConsoleWorld;
afterEach(() => world.app.close());

/** A call up to its end: a menu, a code, a step, a bridge. */
async function called(options: Partial<AppOptions> = {}): Promise<string> {
  world = await ConsoleWorld.open(shop(), { dataKeys: DATA_KEYS, ...options });
  await world.received();
  for (const keys of ['1', '1234', null]) await world.completed(keys);
  await world.over();
  return world.callId();
}

const post = (id: string, payload: object, path = '') =>
  world.app.inject({ method: 'POST', url: `/console/api/calls/${id}/fork${path}`, payload, headers: { authorization: `Bearer ${TOKEN}` } });
const fork = async (id: string, order: ForkRequest): Promise<ForkView> => (await post(id, order)).json<ForkView>();

/** What of the server a fork could change. */
async function standing(store: Store, id: string): Promise<unknown> {
  const get = async (url: string) => (await world.app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })).body;
  const metrics = (await get('/metrics')).split('\n').filter((line) => line.startsWith('hookswitch_'));
  return {
    ran,
    report: await get(`/calls/${id}`),
    calls: await get('/calls'),
    audit: await get('/audit'),
    stored: await store.load({ id }),
    metrics,
  };
}

describe('a fork of a stored call', () => {
  it.each([
    [0, 'main', 'Welcome.'],
    [1, 'pin', 'Your code?'],
  ])('stands at turn %i where the call stood', async (turn, site, words) => {
    const view = await fork(await called(), { turn });
    expect(view).toMatchObject({ turn, site, waits: { for: 'keys', site }, recordedTurns: [0, 1, 2, 3], stray: null, notes: [] });
    expect(view.turns.at(-1)).toMatchObject({ verdict: 'alike', now: expect.arrayContaining([words]) as string[] });
  });

  it('asks again for the code, and answers the step with what was recorded, its number masked', async () => {
    const id = await called();
    expect(await fork(id, { turn: 2 })).toMatchObject({ waits: { for: 'keys', site: 'pin', again: true, sensitive: true } });
    const view = await fork(id, { turn: 2, deeds: [{ press: '9999' }] });
    expect(view.waits).toEqual({ for: 'bridge', site: 'clerk', to: '+65••••38', again: false });
    expect(view.turns.at(-1)).toMatchObject({
      now: ['You owe 12 dollars. Call +65••••38.', '☎ +65••••38'],
      steps: [{ site: 'owed', text: '{"amount":12,"call":"+65••••38"}', by: 'recorded', failed: false }],
    });
    expect(JSON.stringify(view)).not.toMatch(/31589338|90000001/);
  });

  it('changes nothing: no step runs, nothing is written, no hook is called, nothing is counted', async () => {
    const asked = new Set<string>();
    const store = new Proxy(createMemoryStore(), {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        asked.add(String(name));
        return value.bind(target) as unknown;
      },
    });
    let told = 0;
    const id = await called({ store, hooks: { onEnd: () => void told++, onUnknownSession: () => void told++ } });
    const before = [told, await standing(store, id)];
    asked.clear();
    for (const deeds of [[], [{ press: '1' }], [{ press: '1' }, { press: '1234' }, { bridge: 'busy' }], [{ hangUp: true }]] as const)
      for (const turn of [0, 1, 2, 3])
        for (const askSteps of [true, false]) expect((await post(id, { turn, deeds, askSteps })).statusCode).toBe(200);
    expect((await post(id, { turn: 1, deeds: [{ press: '1234' }] }, '/test')).statusCode).toBe(200);
    expect([...asked].toSorted()).toEqual(['inbox', 'load', 'timeline', 'turns']);
    expect([told, await standing(store, id)]).toEqual(before);
  });

  it('is played on the newest version, and on that of then where it is served', async () => {
    const id = await called({ flows: [shop('1'), shop('2', 'For invoices', 'topic')] });
    const { version, waits } = await fork(id, { turn: 0 });
    expect([version, waits]).toMatchObject(['2', { site: 'topic' }]);
    expect(await fork(id, { turn: 0, version: '1' })).toMatchObject({ version: '1', versions: ['1', '2'], waits: { site: 'main' } });
  });

  it('goes on on the code at hand where the version of then is gone, and says where that goes another way', async () => {
    const store = createMemoryStore();
    const id = await called({ store });
    const journal = await world.get<JournalFile>(`/calls/${id}/journal`);
    await world.app.close();
    const recordings = { 'from-a-file': journal };
    const flows = [shop('2', 'For invoices', 'topic')];
    world = await ConsoleWorld.open(shop(), {
      dataKeys: DATA_KEYS,
      flows,
      extend: (app) => app.register(hookswitchConsole, { recordings }),
    });
    const view = await fork('from-a-file', { turn: 1 });
    expect(view).toMatchObject({
      version: '2',
      notes: [expect.stringContaining('Version 1, which made the call, is not here any more') as string],
      stray: {
        text: expect.stringContaining('was given at "main"; now the code waits at "topic"') as string,
        advice: expect.stringContaining('Give what is asked at "topic" the old id "main"') as string,
      },
      waits: { for: 'keys', site: 'topic' },
    });
    expect(view.turns[0]).toMatchObject({ verdict: 'elsewhere', thenSite: 'main' });
  });

  it('shows other words beside those of then', async () => {
    const id = await called();
    const journal = await world.get<JournalFile>(`/calls/${id}/journal`);
    await world.app.close();
    world = await ConsoleWorld.open(shop('1', 'For invoices'), {
      dataKeys: DATA_KEYS,
      extend: (app) => app.register(hookswitchConsole, { recordings: { x: journal } }),
    });
    const [first] = (await fork('x', { turn: 0 })).turns;
    expect(first).toMatchObject({ verdict: 'other words' });
    expect(first?.words?.[1]).toEqual([
      { in: 'both', text: 'For ' },
      { in: 'then', text: 'bills' },
      { in: 'now', text: 'invoices' },
      { in: 'both', text: ' press 1.' },
    ]);
  });

  it('is written as a test', async () => {
    const id = await called();
    const { code, fileName } = (await post(id, { turn: 1, deeds: [{ press: '4321' }, { bridge: 'busy' }] }, '/test')).json<TestView>();
    expect(fileName).toMatch(/^shop\.\d{4}-\d\d-\d\d\.test\.ts$/);
    expect(code).toContain('// Made from turn 1 of a call that happened.');
    expect(code).toContain("await call.press('4321');");
    expect(code).toContain("await call.bridgeEnds('busy');");
    expect(code).toContain("owed: { amount: 12, call: '+65••••38' }");
  });

  it.each<[string, string | null, object, number, RegExp]>([
    ['an unknown call', 'nobody', { turn: 0 }, 404, /no call with this id/],
    ['a turn that it does not have', null, { turn: 9 }, 404, /no turn 9. It has turns 0 to 3/],
    ['a turn that is none', null, { turn: -1 }, 400, /turn/],
    ['a version that is not served', null, { turn: 0, version: '7' }, 409, /Version "7" of "shop" is not served. There is: 1/],
    ['a deed that is none', null, { turn: 0, deeds: [{ pres: '1' }] }, 400, /Did you mean "press"/],
    ['a body of another shape', null, { turn: 0, deed: [] }, 400, /deed/],
    ['no turn', null, {}, 400, /turn/],
  ])('of %s is refused in one sentence', async (_, id, order, status, message) => {
    const known = await called();
    const reply = await post(id ?? known, order);
    expect([reply.statusCode, reply.json<ProblemView>().message]).toEqual([status, expect.stringMatching(message)]);
  });

  it('says which deed can not be done, and keeps those before it', async () => {
    const view = await fork(await called(), { turn: 0, deeds: [{ press: '2' }, { bridge: 'busy' }] });
    expect(view).toMatchObject({
      site: 'pin',
      refused: { index: 1, message: expect.stringContaining('waits for keys at "pin"') as string },
    });
  });
});
