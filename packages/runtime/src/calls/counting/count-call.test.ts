import { ask, bridge, defineFlow, digits, menu, say, step, tags } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { CreateCallflow } from '../../platform/index.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import { DATA_KEY, World, type WorldOptions } from '../calls.test-support.ts';
import { type CountKey, type Ending, readKey } from '../count-keys.ts';

const PIN = '48151623';
const labels = tags({ reason: ['billing', 'agent'], amount: 'number', plan: 'text' });

function* body(find: () => Promise<string | null> = () => Promise.resolve('Anna Lim')) {
  const topic = yield* menu(
    'For your bill press 1, for an agent press 2, to fail press 3.',
    { 1: 'billing', 2: 'agent', 3: 'fail' },
    { id: 'main', otherwise: 'agent' },
  );
  if (topic === 'fail') throw new Error('the flow is broken');
  yield labels.set({ reason: topic, amount: 4711, plan: `of ${PIN}` });
  if (topic === 'billing') {
    const pin = yield* ask('Key in your PIN.', { id: 'pin', validate: digits(8), sensitive: true });
    const name = yield* step('find', find, { examples: { found: 'Somebody', none: null } });
    yield say(`Hello ${name}, ${pin}.`);
    return { outcome: name === null ? 'unknown' : 'told', name };
  }
  const { outcome } = yield* bridge('+6531589338', { id: 'desk' });
  if (outcome !== 'answered') yield say('Nobody is free.');
  return outcome === 'answered';
}

const flow = defineFlow({ name: 'support', voice: 'en-US-ZiraRUS', tags: labels }, function* () {
  return yield* body();
});

const HOUR = 3_600_000;

/** A world in which `flow` is called, and what its counters have. */
async function called(options: WorldOptions = {}) {
  const world = await World.open([flow], { dataKeys: DATA_KEY, ...options });
  await world.received();
  const ofKind = (kind: CountKey[0]) => kindOf(world, kind);
  return { world, ofKind };
}

describe('a call that is over', () => {
  it.each<[Ending, string, (world: World) => Promise<unknown>]>([
    [
      'contained',
      'comes to its last words',
      async (world) => (await world.completed('1'), await world.completed(PIN), await world.completed(), world.over()),
    ],
    [
      'transferred',
      'is answered by an agent',
      async (world) => (await world.completed('2'), world.over({ bridge: { outcome: 'answered', sipCode: 200, duration: 60 } })),
    ],
    [
      'missed',
      'reaches nobody',
      async (world) => (await world.completed('2'), world.over({ bridge: { outcome: 'busy', sipCode: 486, duration: null } })),
    ],
    ['abandoned', 'is left at a question', async (world) => (await world.completed('1'), world.over())],
    ['failed', 'meets a flow that throws', async (world) => (await world.completed('3'), world.over())],
    ['failed', 'is ended by the platform', (world) => world.over({ status: 'ERROR', errorCode: -2003, errorMessage: 'not taken' })],
    ['stopped', 'is ended by request', async (world) => (await world.calls.requestEnd('call-1'), await world.completed('1'), world.over())],
    ['lost', 'is never heard of again', async (world) => (await world.clock.advance(9 * HOUR), world.sweep())],
  ])('is %s where it %s, and counted once', async (ending, _, play) => {
    const { world, ofKind } = await called();
    await play(world);
    await world.sweep();
    // The end comes again, and the call is looked after again.
    await world.over();
    await world.clock.advance(HOUR);
    await world.sweep();
    expect(await ofKind('ending')).toEqual({ [ending]: 1 });
    expect(await ofKind('calls')).toEqual({ '': 1 });
    expect((await world.store.load({ id: 'call-1' }))?.call.counted).toBe(true);
  });

  it.each<[Ending, string, string, (world: World) => Promise<unknown>]>([
    ['notPlaced', 'its post is refused', 'refused', () => Promise.resolve()],
    ['notPlaced', 'its flow has nothing to say', 'declines', () => Promise.resolve()],
    ['unanswered', 'nobody takes it', 'created', (world) => world.over({ status: 'NO_ANSWER' })],
    ['abandoned', 'whoever was called hangs up', 'created', (world) => world.over()],
  ])('is %s where %s', async (ending, _, outcome, play) => {
    const silent = defineFlow({ name: 'silent', voice: 'en-US-ZiraRUS' }, function* () {
      yield* step('look', () => 1);
    });
    const world = await World.open([flow, silent] as never, { dataKeys: DATA_KEY });
    const compiled = world.context.flows.find(outcome === 'declines' ? 'silent' : 'support', '1');
    if (compiled === null) throw new TypeError('no such flow');
    const create: CreateCallflow = () =>
      outcome === 'refused'
        ? Promise.reject(new TypeError('no such number'))
        : Promise.resolve({ sessionId: 'session-1', sessionStatus: 'CREATED', callFlowRequestId: null, validUntil: null, warnings: [] });
    await world.place({ subAccountId: 'acme', compiled, from: '+6531589338', to: '+6590000009', params: {} }, create);
    await play(world);
    await world.calls.settled();
    expect(await kindOf(world, 'ending', compiled.flow.name)).toEqual({ [ending]: 1 });
    expect(await world.store.countGroups()).toMatchObject([{ number: '+6531589338' }]);
  });

  it('has its arrows, stays and answers, site by site', async () => {
    const { world, ofKind } = await called();
    await world.completed(null);
    await world.completed('7');
    await world.completed('1');
    await world.completed('12');
    await world.clock.advance(7_000);
    await world.completed(PIN);
    await world.over();
    expect(await ofKind('arrow')).toEqual({
      'idle  main start': 1,
      'main silence main answer': 1,
      'main no match main answer': 1,
      'main 1 pin answer': 1,
      'pin too short pin answer': 1,
      'pin valid find answer': 1,
      'find found ended answer': 1,
      'ended hang-up closed ended': 1,
    });
    expect(await ofKind('site')).toEqual({
      ...{ 'main calls': 1, 'main entries': 1, 'main answers': 3, 'main silence': 1, 'main noMatch': 1 },
      ...{ 'pin calls': 1, 'pin entries': 1, 'pin answers': 2, 'pin invalid': 1 },
      ...{ 'find calls': 1, 'find entries': 1 },
    });
    expect(await ofKind('step')).toEqual({ 'find found': 1 });
    expect((await ofKind('time'))['pin 6']).toBe(1);
  });

  it('has left where its caller hung up', async () => {
    const { world, ofKind } = await called();
    await world.completed('1');
    await world.over();
    expect(await ofKind('site')).toMatchObject({ 'pin entries': 1, 'pin exits': 1, 'pin hangups': 1 });
    expect(await ofKind('site')).not.toHaveProperty('pin answers');
    expect(await ofKind('endedBy')).toEqual({ caller: 1 });
  });

  it('has tags and results by the words of its code, and nothing of its caller', async () => {
    const { world, ofKind } = await called();
    await world.completed('1');
    await world.completed(PIN);
    await world.completed();
    await world.over();
    expect(await ofKind('tag')).toEqual({ 'reason billing': 1, 'amount •': 1, 'plan •': 1 });
    expect(await ofKind('result')).toEqual({ 'outcome=told': 1 });
    const text = JSON.stringify([...(await totalsOf(world)).keys()]);
    for (const secret of [PIN, '4711', 'Anna', '6590000001']) expect(text).not.toContain(secret);
  });

  it('is counted under our own number, its version and the hour in which it began', async () => {
    const { world } = await called();
    await world.over();
    expect(await world.store.countGroups()).toMatchObject([{ flow: 'support', version: '1', number: '+6560000000' }]);
  });

  it('is counted where its flow is gone, by the sites of its journal without their digits', async () => {
    const store = createMemoryStore();
    const { world, ofKind } = await called({ store });
    await world.completed('1');
    world.restart([
      defineFlow({ name: 'other', voice: 'en-US-ZiraRUS' }, function* () {
        yield say('Hello.');
      }),
    ]);
    await world.over();
    expect(await ofKind('ending')).toEqual({ failed: 1 });
    expect(await ofKind('site')).toMatchObject({ 'main calls': 1 });
    expect(await ofKind('strayed')).toEqual({ '': 1 });
  });

  it('is counted where its sensitive answers can not be opened any more', async () => {
    const store = createMemoryStore();
    const { world } = await called({ store });
    await world.completed('1');
    await world.completed(PIN);
    const other = await World.open([flow], { store, dataKeys: Buffer.from('another key of thirty-two bytes!').toString('base64') });
    await other.clock.advance(60 * HOUR);
    await other.sweep();
    await other.sweep();
    expect(await kindOf(other, 'calls')).toEqual({ '': 1 });
    expect(Object.values(await kindOf(other, 'ending'))).toEqual([1]);
  });

  it('is counted once where it ended on a server that does not count, and stays as it is', async () => {
    const { world, ofKind } = await called();
    await world.completed('1');
    await world.completed(PIN);
    await world.over();
    const { call } = (await world.store.load({ id: 'call-1' })) ?? {};
    if (call === undefined) throw new TypeError('no call');
    await world.store.commit({ call: { ...call, counted: false, revision: call.revision + 1 } });
    expect(await world.store.uncounted(10)).toEqual(['call-1']);
    const before = await ofKind('ending');
    world.restart();
    const count = () => world.calls.transact({ kind: 'count', at: world.clock.now(), callId: 'call-1' });
    await Promise.all([count(), count()]);
    await count();
    expect([before, await ofKind('ending'), await world.store.uncounted(10)]).toEqual([{ contained: 1 }, { contained: 2 }, []]);
    const after = (await world.store.load({ id: 'call-1' }))?.call;
    expect(after).toEqual({ ...call, revision: call.revision + 2 });
  });
});

async function totalsOf({ store, clock }: World, flow = 'support'): Promise<ReadonlyMap<string, number>> {
  for (let folded = 1; folded > 0;) folded = await store.foldCounts(10);
  const now = Math.floor(clock.now() / HOUR) * HOUR;
  return (await store.counts({ flow, since: now - 1_000 * HOUR, until: now + HOUR })).totals;
}

async function kindOf(world: World, kind: CountKey[0], flow?: string): Promise<Record<string, number>> {
  const keys = [...(await totalsOf(world, flow))].map(([key, count]) => [readKey(key), count] as const);
  return Object.fromEntries(keys.filter(([key]) => key[0] === kind).map(([[, ...words], count]) => [words.join(' '), count]));
}
