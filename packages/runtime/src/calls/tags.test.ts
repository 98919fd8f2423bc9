import { capture, defineFlow, type Flow, type FlowModule, hangup, say, step, tags } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../store/store.ts';
import { DATA_KEY, World } from './calls.test-support.ts';
import type { EndedCall } from './ended-call.ts';

const labels = tags({ reason: ['billing', '4815'], amount: 'number', plan: 'text' }, { metrics: ['reason'] });
const options = { name: 'tagged', voice: 'en-US-ZiraRUS', tags: labels };

const flow = defineFlow(options, function* () {
  try {
    yield labels.set({ plan: 'gold' });
    yield* capture('Go?', { id: 'go', maxDigits: 1 });
    yield labels.set({ reason: 'billing', amount: 1 });
    yield* step('work', () => 1);
    yield labels.set({ amount: 2 });
    const more = yield* capture('More?', { id: 'more', maxDigits: 1 });
    return { more };
  } finally {
    yield* labels.set({ plan: 'tidied' });
  }
});

/** A world in which `flow` is called, and what `onEnd` was told. */
async function called(one: FlowModule = flow, more: Parameters<typeof World.open>[1] = {}) {
  const ended: EndedCall[] = [];
  const world = await World.open([one], { onEnd: (call) => Promise.resolve(void ended.push(call)), ...more });
  await world.received();
  const call = async (): Promise<CallRecord> => {
    const found = await world.store.load({ id: 'call-1' });
    if (found === null) throw new Error('there is no call');
    return found.call;
  };
  return { world, ended, call };
}

describe('tags', () => {
  it('are saved with the turn in which they are set, the first ones with the call', async () => {
    const { world, call } = await called();
    expect((await call()).tags).toEqual({ plan: 'gold' });
    await world.completed('1');
    expect(await call()).toMatchObject({ tags: { plan: 'gold', reason: 'billing', amount: 2 }, result: null });
  });

  it('are the same where each turn is resumed by another process, and each webhook comes twice', async () => {
    const { world, ended, call } = await called();
    world.restart();
    await world.completed('1');
    world.restart();
    await world.completed('2');
    world.restart();
    await world.over();
    expect(await call()).toMatchObject({ tags: { plan: 'tidied', reason: 'billing', amount: 2 }, result: '{"more":"2"}' });
    expect(ended).toMatchObject([{ tags: { plan: 'tidied', reason: 'billing', amount: 2 }, result: { more: '2' } }]);
    const rows = (await world.store.timeline('call-1'))
      .filter(({ kind }) => kind === 'tags')
      .map(({ data }) => JSON.parse(data) as unknown);
    expect(rows).toEqual([
      { tags: { plan: 'gold' } },
      { tags: { reason: 'billing', amount: 1 } },
      { tags: { amount: 2 } },
      { tags: { plan: 'tidied' } },
    ]);
  });

  it('stay where the caller hangs up, with those that are set then; there is no result', async () => {
    const { world, ended } = await called();
    await world.completed('1');
    await world.over();
    expect(ended).toMatchObject([{ tags: { plan: 'tidied', reason: 'billing', amount: 2 }, result: null }]);
  });

  it('stay where the code no longer fits, with those that its handler sets', async () => {
    const { world, call } = await called();
    await world.completed('1');
    const onDivergence = function* (): Flow<string> {
      yield labels.set({ plan: 'diverged' });
      return 'no result of the flow';
    };
    world.restart([
      defineFlow({ ...options, onDivergence }, function* () {
        yield* capture('Other?', { id: 'other', maxDigits: 1 });
      }),
    ]);
    await world.completed('2');
    expect(await call()).toMatchObject({ tags: { plan: 'diverged', reason: 'billing', amount: 2 }, result: null });
  });

  it('are counted once the call is over, where the flow asks for it', async () => {
    const { world } = await called();
    await world.completed('1');
    expect(world.told.filter((line) => line.startsWith('tagged'))).toEqual([]);
    await world.over();
    await world.over();
    expect(world.told.filter((line) => line.startsWith('tagged'))).toEqual(['tagged: reason=billing']);
  });
});

describe('what speaks of a sensitive answer', () => {
  const PIN = '83049275';
  const keyedIn = async (then: (pin: string) => Flow<unknown>) => {
    const one = defineFlow(options, function* () {
      const pin = (yield* capture('PIN?', { id: 'pin', maxDigits: 8, completeOnHash: false, sensitive: true })) ?? '';
      return yield* then(pin);
    });
    const started = await called(one, { dataKeys: DATA_KEY });
    await started.world.completed(PIN);
    return started;
  };

  it('is hidden in tags, which say so; what does not stays, and so does what is chosen from a list', async () => {
    const { call, world } = await keyedIn(function* (pin) {
      yield labels.set({ plan: `ends in ${pin.slice(4)}`, amount: Number(pin.slice(0, 5)) + 0.5, reason: '4815' });
      yield* capture('More?', { id: 'more', maxDigits: 1 });
      yield labels.set({ amount: 1250 });
    });
    expect((await call()).tags).toEqual({ plan: '•••', amount: '•••', reason: '4815' });
    await world.completed('1');
    expect((await call()).tags).toEqual({ plan: '•••', amount: 1250, reason: '4815' });
  });

  it('is hidden in the result, whatever its place, and onEnd is told no more', async () => {
    const { call, world, ended } = await keyedIn(function* (pin) {
      yield say('Bye.');
      return { pin, list: [Number(pin), 7], [`of ${pin}`]: true, known: 'yes' };
    });
    const hidden = { pin: '•••', list: ['•••', 7], '•••': true, known: 'yes' };
    expect(JSON.parse((await call()).result ?? '')).toEqual(hidden);
    await world.over();
    expect(ended).toMatchObject([{ result: hidden }]);
    const all = JSON.stringify([await world.store.load({ id: 'call-1' }), await world.store.timeline('call-1')]);
    expect(all).not.toContain(PIN);
  });
});

describe('the result', () => {
  it.each<[string, () => Flow<unknown>, string | null]>([
    [
      'is kept as JSON',
      function* () {
        yield say('Bye.');
        return { paid: true, at: null };
      },
      '{"paid":true,"at":null}',
    ],
    [
      'may be a text',
      function* () {
        yield say('Bye.');
        return 'paid';
      },
      '"paid"',
    ],
    [
      'may be false',
      function* () {
        yield say('Bye.');
        return false;
      },
      'false',
    ],
    [
      'is null for nothing',
      function* () {
        yield say('Bye.');
      },
      null,
    ],
    [
      'is null for null',
      function* () {
        yield say('Bye.');
        return null;
      },
      null,
    ],
    [
      'is null where the flow hangs up first',
      function* () {
        yield hangup();
        return 1;
      },
      null,
    ],
  ])('%s', async (_, body, result) => {
    const { call, world } = await called(defineFlow(options, body as never));
    expect((await call()).result).toBe(result);
    await world.over();
    expect((await call()).result).toBe(result);
  });

  it('that is none harms nobody, and is told once, however often the call is taken up again', async () => {
    const dated = defineFlow(options, function* () {
      yield* capture('Go?', { id: 'go', maxDigits: 1 });
      yield say('Bye.');
      return { at: new Date(0) } as never;
    });
    const { world, call, ended } = await called(dated);
    const answer = await world.completed('1');
    expect(answer.callflow.map(({ action }) => action)).toEqual(['say', 'hangup']);
    world.restart();
    await world.over();
    await world.over();
    expect(world.told.filter((line) => line.startsWith('result refused'))).toEqual([expect.stringContaining('$.at is a Date')]);
    expect(await call()).toMatchObject({ status: 'ended', result: null });
    expect(ended).toMatchObject([{ status: 'ended', error: null, result: null }]);
  });
});
