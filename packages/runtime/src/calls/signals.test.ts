import { capture, defineFlow, type FlowModule, playFile, say, type StandardSchema, step, uninterruptible, waitFor } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/index.ts';
import { DATA_KEY, deferred, heard, World } from './calls.test-support.ts';
import type { SignalSent } from './input.ts';

interface Paid {
  readonly amount: number;
}
const schema: StandardSchema<Paid> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => {
      const amount = Number((value as Paid | null)?.amount);
      return amount > 0 ? { value: { amount } } : { issues: [{ message: 'must be more than 0', path: ['amount'] }] };
    },
  },
};
const MUSIC = 'https://example.com/music.wav';
const HOLD = [say('Still checking.'), playFile(MUSIC)];
const paying = { schema, timeout: '1m', hold: HOLD, examples: { ok: { amount: 5 } } } as const;
const options = { name: 'shop', voice: 'en-US-ZiraRUS' } as const;
const shop = defineFlow(options, function* () {
  yield* capture('Pay now?', { id: 'go', maxDigits: 1, completeOnHash: false });
  yield say('Please wait.');
  const paid = yield* waitFor('paid', paying);
  if (paid.arrived) yield* step('ship', () => null, { examples: { done: null } });
  yield say(paid.arrived ? `We have got ${paid.value.amount} dollars.` : 'Nothing has come.');
});

/** A world in which a flow is called, up to its first question or to its wait. */
async function called({
  flow = shop,
  waits = true,
  ...more
}: { flow?: FlowModule; waits?: boolean } & Parameters<typeof World.open>[1] = {}) {
  const world = await World.open([flow], more);
  await world.received();
  if (waits) await world.completed('1');
  const signal = async (value: unknown = { amount: 5 }, change: Partial<SignalSent> = {}) => {
    const text = JSON.stringify(value);
    const input = { kind: 'signal', at: world.clock.now(), callId: 'call-1', name: 'paid', value, text, key: null, digest: text } as const;
    const { outcome } = await world.calls.signal({ ...input, ...change });
    await world.calls.settled();
    return outcome;
  };
  return { world, signal, last: () => heard(world.answers.at(-1) as never) };
}

const taken = { is: 'taken', repeated: false };
const kept = { is: 'kept', repeated: false };

describe('a call that waits for a signal', () => {
  it('hears what was said before, and its hold piece by piece, over and over', async () => {
    const { world, last } = await called();
    expect(last()).toEqual(['Please wait.', 'Still checking. …']);
    expect(heard(await world.completed())).toEqual([`♪ ${MUSIC}`, 'Still checking. …']);
    expect(heard(await world.completed('7'))).toEqual([`♪ ${MUSIC}`, 'Still checking. …']);
    expect((await world.store.load({ id: 'call-1' }))?.journal).toHaveLength(1);
  });

  it('goes on when a signal comes, and says so when the platform next asks', async () => {
    const { world, signal } = await called();
    expect(await signal()).toEqual(taken);
    expect(world.told).toContain('ship:ok');
    expect(heard(await world.completed())).toEqual(['We have got 5 dollars.', '⏹']);
  });

  it('gives the same bytes where a webhook comes twice', async () => {
    const { world } = await called();
    const again = world.event({ echo: { kind: 'turn', turn: 1 } });
    const first = await world.deliver(again);
    expect(await world.deliver(again)).toMatchObject({ body: first.body, outcome: 'duplicate' });
  });

  it('goes on without once its time is over, which the next webhook decides', async () => {
    const { world, last } = await called();
    await world.clock.advance(59_999);
    await world.completed();
    expect(last()).toContain('Still checking. …');
    await world.clock.advance(1);
    expect(heard(await world.completed())).toEqual(['Nothing has come.', '⏹']);
  });

  it('takes a signal that comes when the time is over and nobody has asked yet', async () => {
    const { world, signal } = await called();
    await world.clock.advance(90_000);
    expect(await signal()).toEqual(taken);
    expect(heard(await world.completed())).toEqual(['We have got 5 dollars.', '⏹']);
  });

  it('ends at a wait as it does at a question', async () => {
    const { world, signal } = await called();
    await world.over();
    expect((await world.store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'ended', lastSite: 'paid' });
    expect(await signal()).toEqual({ is: 'over', why: 'it has ended' });
  });

  it('goes on as before in another process', async () => {
    const { world, signal } = await called();
    await world.completed();
    world.restart();
    expect(heard(await world.completed())).toEqual([`♪ ${MUSIC}`, 'Still checking. …']);
    world.restart();
    expect(await signal()).toEqual(taken);
    world.restart();
    expect(heard(await world.completed())).toEqual(['We have got 5 dollars.', '⏹']);
  });

  it('says the words of the server where it has no hold', async () => {
    const bare = defineFlow(options, function* () {
      yield* waitFor('paid');
    });
    const { last } = await called({ flow: bare, waits: false });
    expect(last()).toEqual(['One moment, please. …']);
  });

  it('gets one action an answer where the platform takes no more', async () => {
    const { world, last } = await called({ settings: { delivery: 'action' } });
    expect(last()).toEqual(['Please wait.']);
    expect(heard(await world.completed())).toEqual(['Still checking. …']);
  });

  it('is held while a step behind the signal takes long, and told once it is done', async () => {
    const work = deferred<null>();
    const slow = defineFlow(options, function* () {
      yield* waitFor('paid', paying);
      yield* step('ship', () => work.promise, { examples: { done: null } });
      yield say('Shipped.');
    });
    const world = await World.open([slow]);
    await world.received();
    const text = '{"amount":5}';
    await world.calls.signal({ kind: 'signal', at: 0, callId: 'call-1', name: 'paid', value: { amount: 5 }, text, key: null, digest: '' });
    const asked = world.completed();
    await world.clock.advance(4_000);
    expect(heard(await asked)).toEqual(['One moment, please. …']);
    work.resolve(null);
    await world.calls.settled();
    expect(heard(await world.completed())).toEqual(['Shipped.', '⏹']);
  });
});

describe('a signal that comes early', () => {
  it('is kept, and taken when the flow waits for it', async () => {
    const { world, signal } = await called({ waits: false });
    expect(await signal({ amount: 7 })).toEqual(kept);
    world.restart();
    expect(heard(await world.completed('1'))).toEqual(['Please wait.', 'We have got 7 dollars.', '⏹']);
    expect(await world.store.signals('call-1')).toEqual([]);
  });

  it('comes to the flow first in, first out', async () => {
    const twice = defineFlow(options, function* () {
      yield* capture('Go?', { id: 'go', maxDigits: 1 });
      const both = [yield* waitFor('paid', paying), yield* waitFor('paid', { ...paying, id: 'again' })];
      yield say(JSON.stringify(both.map((one) => one.arrived && one.value.amount)));
    });
    const { world, signal } = await called({ flow: twice, waits: false });
    for (const amount of [3, 1]) await signal({ amount });
    expect(heard(await world.completed('1'))).toEqual(['[3,1]', '⏹']);
  });

  it('stays without its value once the call is over, and the timeline says that nobody took it', async () => {
    const { world, signal } = await called({ waits: false });
    await signal(undefined, { key: 'k' });
    await world.over();
    expect(await world.store.signals('call-1')).toEqual([]);
    expect(await world.store.signalOfKey('call-1', 'k')).toMatchObject({ data: null });
    const rows = (await world.store.timeline('call-1'))
      .filter(({ kind }) => kind === 'signal')
      .map(({ data }) => JSON.parse(data) as unknown);
    expect(rows).toEqual([
      { name: 'paid', outcome: 'kept' },
      { name: 'paid', outcome: 'never taken' },
    ]);
  });

  it('is passed over where the code has changed and its value does not fit any longer', async () => {
    const { world, signal } = await called({ waits: false });
    await signal({ amount: 7 });
    const refusing: StandardSchema<Paid> = { '~standard': { ...schema['~standard'], validate: () => ({ issues: [{ message: 'no' }] }) } };
    const now = defineFlow(options, function* () {
      yield* capture('Pay now?', { id: 'go', maxDigits: 1, completeOnHash: false });
      yield* waitFor('paid', { ...paying, schema: refusing });
    });
    world.restart([now]);
    expect(heard(await world.completed('1'))).toEqual(['Still checking. …']);
    expect(world.told.join()).toContain('does not fit what the flow waits for at "paid" now');
  });
});

describe('the same request again', () => {
  it.each([true, false])('is told the same, and delivered once (waiting: %s)', async (waits) => {
    const { world, signal } = await called({ waits });
    const first = await signal(undefined, { key: 'k' });
    for (const restarts of [false, true]) {
      if (restarts) world.restart();
      expect(await signal(undefined, { key: 'k' })).toEqual({ ...first, repeated: true });
    }
    const { journal } = (await world.store.load({ id: 'call-1' })) ?? { journal: [] };
    expect(journal.filter(({ data }) => data.includes('arrived'))).toHaveLength(waits ? 1 : 0);
    expect(await world.store.signals('call-1')).toHaveLength(waits ? 0 : 1);
  });

  it('is told the same once the call is over', async () => {
    const { world, signal } = await called();
    await signal(undefined, { key: 'k' });
    await world.over();
    expect(await signal(undefined, { key: 'k' })).toEqual({ is: 'taken', repeated: true });
    expect(await signal(undefined, { key: 'other' })).toMatchObject({ is: 'over' });
  });

  it('is refused with another body', async () => {
    const { signal } = await called();
    await signal({ amount: 1 }, { key: 'k' });
    expect(await signal({ amount: 2 }, { key: 'k' })).toEqual({ is: 'other-body' });
  });

  it('is delivered once where two processes get it at the same moment', async () => {
    const store = createMemoryStore();
    const { world, signal } = await called({ store, waits: false });
    const other = await World.open([shop], { store });
    const input: SignalSent = {
      kind: 'signal',
      at: 0,
      callId: 'call-1',
      name: 'paid',
      value: { amount: 5 },
      text: '{"amount":5}',
      key: 'k',
      digest: '{"amount":5}',
    };
    const outcomes = await Promise.all([signal(undefined, { key: 'k' }), other.calls.signal(input).then(({ outcome }) => outcome)]);
    expect(outcomes.map((one) => 'repeated' in one && one.repeated).toSorted()).toEqual([false, true]);
    expect(await store.signals('call-1')).toHaveLength(1);
    expect(heard(await world.completed('1'))).toContain('We have got 5 dollars.');
  });
});

describe('a signal is refused', () => {
  it.each([
    ['of a call that nobody knows', { callId: 'nobody' }, { is: 'unknown' }],
    ['for which the flow waits nowhere', { name: 'pajd' }, { is: 'not-awaited', known: ['paid'], hint: 'Did you mean "paid"?' }],
    [
      'whose value does not fit',
      { value: { amount: 0 } },
      { is: 'not-fitting', issues: [{ path: ['amount'], message: 'must be more than 0' }] },
    ],
  ])('%s', async (_, change, refusal) => {
    for (const waits of [true, false]) {
      const { world, signal } = await called({ waits });
      const before = await world.store.load({ id: 'call-1' });
      expect(await signal(undefined, change)).toEqual(refusal);
      expect(await world.store.load({ id: 'call-1' })).toEqual(before);
    }
  });

  it('once the flow has said its last words, and once its end is requested', async () => {
    const { world, signal } = await called();
    await signal();
    await world.completed();
    expect(await signal()).toEqual({ is: 'over', why: 'its flow has said its last words' });
    const other = await called();
    await other.world.calls.requestEnd('call-1');
    expect(await other.signal()).toEqual({ is: 'over', why: 'its end was requested' });
  });

  it('where the call keeps a hundred, or a megabyte', async () => {
    const { world, signal } = await called({ waits: false });
    const outcomes = [];
    for (let n = 1; n <= 10_000; n++) outcomes.push((await signal({ amount: n })).is);
    expect(new Set(outcomes.slice(0, 100))).toEqual(new Set(['kept']));
    expect(new Set(outcomes.slice(100))).toEqual(new Set(['too-many']));
    expect(heard(await world.completed('1'))).toContain('We have got 1 dollars.');
    const { signal: large } = await called({ waits: false });
    const big = { text: 'x'.repeat(500_000) };
    expect([await large(undefined, big), await large(undefined, big), await large(undefined, big)].map(({ is }) => is)).toEqual([
      'kept',
      'kept',
      'too-many',
    ]);
  });

  it('beyond a thousand in one call, which is well still', async () => {
    const counting = defineFlow(options, function* () {
      let count = 0;
      while ((yield* waitFor('paid', { ...paying, hold: [say('More.')] })).arrived) count++;
      yield say(`${count} have come.`);
    });
    const { world, signal } = await called({ flow: counting, waits: false });
    const outcomes = [];
    for (let n = 1; n <= 1_100; n++) outcomes.push((await signal({ amount: n })).is);
    expect([outcomes.filter((is) => is === 'taken').length, outcomes.at(-1)]).toEqual([1_000, 'too-many']);
    await world.completed();
    await world.clock.advance(60_000);
    expect(heard(await world.completed())).toEqual(['1000 have come.', '⏹']);
  }, 60_000);
});

describe('a sensitive signal', () => {
  const secret = defineFlow(options, function* () {
    yield* capture('Go?', { id: 'go', maxDigits: 1 });
    const paid = yield* waitFor('paid', { ...paying, sensitive: true });
    yield say(paid.arrived ? `Paid ${paid.value.amount}.` : 'Nothing.');
    yield* capture('More?', { id: 'more', maxDigits: 1 });
  });

  it.each([true, false])('is sealed in the store, and erased at the end (waiting: %s)', async (waits) => {
    const { world, signal } = await called({ flow: secret, waits, dataKeys: DATA_KEY });
    await signal({ amount: 4_711_815 }, { key: 'k' });
    const all = async () =>
      JSON.stringify([
        await world.store.load({ id: 'call-1' }),
        await world.store.signals('call-1'),
        await world.store.turns('call-1'),
        await world.store.timeline('call-1'),
      ]);
    expect(await all()).not.toContain('4711815');
    world.restart();
    expect(await signal({ amount: 4_711_815 }, { key: 'k' })).toMatchObject({ repeated: true });
    expect(await signal({ amount: 1 }, { key: 'k' })).toEqual({ is: 'other-body' });
    expect(heard(await world.completed('1'))).toContain('Paid 4711815.');
    expect(await all()).not.toContain('4711815');
    await world.over();
    expect(await all()).toContain('erased');
    expect(await all()).not.toContain('4711815');
  });
});

describe('in a block that is uninterruptible', () => {
  it('goes on without once the caller has hung up', async () => {
    const tidy = defineFlow(options, function* () {
      yield* uninterruptible(function* () {
        const paid = yield* waitFor('paid', paying);
        yield* step(paid.arrived ? 'ship' : 'cancel', () => null, { examples: { done: null } });
      });
    });
    const { world } = await called({ flow: tidy, waits: false });
    await world.over();
    expect(world.told).toContain('cancel:ok');
  });
});
