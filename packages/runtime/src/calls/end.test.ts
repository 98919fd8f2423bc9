import { bridge, capture, defineFlow, hangup, say, step, uninterruptible } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { settle } from '../clock.test-support.ts';
import { DATA_KEY, deferred, heard, World } from './calls.test-support.ts';
import { sweep } from './sweep.ts';
import type { EndedCall } from './ended-call.ts';

const question = defineFlow({ name: 'question', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Well?', { id: 'well' });
  yield hangup();
});

async function recordOf(world: World) {
  return (await world.store.load({ id: 'call-1' }))?.call;
}

describe('the end of a session', () => {
  it('completes the call and tells onEnd once, with an idempotency key', async () => {
    const told: EndedCall[] = [];
    const world = await World.open([question], { onEnd: (call) => Promise.resolve(void told.push(call)) });
    await world.received();
    expect(await world.over()).toBe('stored');
    expect(await world.over()).toBe('duplicate');
    expect(told.map(({ sessionStatus, idempotencyKey }) => [sessionStatus, idempotencyKey])).toEqual([['COMPLETED', 'call-1:end']]);
    expect(await recordOf(world)).toMatchObject({ status: 'ended', site: 'closed', dueAt: null });
  });

  it('calls onEnd again when it has failed', async () => {
    let calls = 0;
    const world = await World.open([question], {
      onEnd: () => (++calls === 1 ? Promise.reject(new Error('mail server down')) : Promise.resolve()),
    });
    await world.received();
    await world.over();
    await world.sweep();
    expect(calls).toBe(1);
    await world.clock.advance(5_000);
    await world.sweep();
    await world.sweep();
    expect(calls).toBe(2);
    expect((await recordOf(world))?.dueAt).toBeNull();
  });

  it('calls onEnd again when it does not return, and not while it may still do', async () => {
    let calls = 0;
    const world = await World.open([question], { onEnd: () => (++calls === 1 ? new Promise(() => undefined) : Promise.resolve()) });
    await world.received();
    await world.over();
    expect(await world.over()).toBe('duplicate');
    await world.clock.advance(20_000);
    await sweep(world.context, world.calls);
    expect(calls).toBe(1);
    await world.clock.advance(10_000);
    expect(world.told.join()).toContain('onEnd failed: HookTimeoutError');
    await world.clock.advance(5_000);
    await sweep(world.context, world.calls);
    await settle();
    expect(calls).toBe(2);
  });

  it.each([
    ['ERROR', 'failed'],
    ['FAILED', 'failed'],
    ['BUSY', 'ended'],
    ['NO_ANSWER', 'ended'],
    ['COMPLETED', 'ended'],
  ])('with status %s leaves the call %s', async (status, expected) => {
    const world = await World.open([question]);
    await world.received();
    await world.over({ status });
    expect((await recordOf(world))?.status).toBe(expected);
  });

  it('that nobody knows is told so', async () => {
    const world = await World.open([question]);
    for (let times = 0; times < 2; times++) expect(await world.over({ sessionId: 'other', endedAt: 5 })).toBe('unknown-session');
    expect(world.told.filter((one) => one === 'unknown session')).toHaveLength(1);
  });

  it('answers a VCA that comes later with a hang-up, and nothing moves', async () => {
    const world = await World.open([question]);
    await world.received();
    await world.over();
    const before = await recordOf(world);
    expect(heard(await world.completed('1'))).toEqual(['⏹']);
    expect(await recordOf(world)).toEqual(before);
  });

  it('runs finally blocks, in which steps work and speech does not', async () => {
    const done: string[] = [];
    const tidy = defineFlow({ name: 'tidy', voice: 'en-US-ZiraRUS' }, function* () {
      try {
        yield* capture('Well?', { id: 'well' });
      } finally {
        yield* uninterruptible(function* () {
          yield say('Nobody hears this.');
          yield* step('release', () => done.push('released'), { examples: { done: 1 } });
        });
      }
    });
    const world = await World.open([tidy]);
    await world.received();
    world.restart();
    await world.over();
    expect(done).toEqual(['released']);
    expect(await recordOf(world)).toMatchObject({ status: 'ended', site: 'closed' });
  });

  it('aborts the step that runs, delivers its outcome, and performs nothing after it', async () => {
    const done: string[] = [];
    const slow = deferred<string>();
    const booking = defineFlow({ name: 'booking', voice: 'en-US-ZiraRUS' }, function* () {
      let reserved: string | null = null;
      try {
        const reserve = step('reserve', ({ signal }) => (signal.addEventListener('abort', () => slow.resolve('B1')), slow.promise), {
          examples: { ok: 'B1' },
        });
        reserved = yield* reserve;
        yield* step('charge', () => done.push('charged'), { examples: { ok: 1 } });
      } finally {
        yield* uninterruptible(function* () {
          if (reserved !== null) yield* step('release', () => done.push(`released ${reserved}`), { examples: { ok: 1 } });
        });
      }
    });
    const world = await World.open([booking]);
    const answer = world.received();
    await world.clock.advance(10);
    await world.over();
    await world.clock.advance(10);
    expect(done).toEqual(['released B1']);
    expect(heard(await answer)).toEqual(['⏹']);
  });

  it("delivers a bridge's outcome from the summary", async () => {
    const outcomes: string[] = [];
    const transfer = defineFlow({ name: 'transfer', voice: 'en-US-ZiraRUS' }, function* () {
      const { outcome } = yield* bridge('+6531589338');
      outcomes.push(outcome);
      yield say('Never spoken.');
    });
    const world = await World.open([transfer]);
    await world.received();
    // Exploring the flow has been here before.
    outcomes.length = 0;
    await world.over({ bridge: { outcome: 'busy', sipCode: 486, duration: null } });
    // What the call is counted by goes the same way once more.
    expect(new Set(outcomes)).toEqual(new Set(['busy']));
  });

  it('is applied by the sweeper when the process died before', async () => {
    const world = await World.open([question]);
    await world.received();
    const stored = await world.store.load({ id: 'call-1' });
    const call = stored?.call;
    if (call === undefined) throw new TypeError('no call');
    const summary = {
      status: 'COMPLETED',
      at: 5,
      errorCode: null,
      errorMessage: null,
      bridge: null,
      raw: null,
      applied: false,
      told: false,
    };
    const state = { ...(JSON.parse(call.state) as object), summary };
    await world.store.commit({ call: { ...call, revision: call.revision + 1, dueAt: 1, state: JSON.stringify(state) } });
    world.restart();
    await world.sweep();
    expect(await recordOf(world)).toMatchObject({ status: 'ended', site: 'closed' });
  });
});

describe('a call with sensitive sites', () => {
  const pin = defineFlow({ name: 'pin', voice: 'en-US-ZiraRUS' }, function* () {
    const digits = yield* capture('PIN?', { id: 'pin', sensitive: true });
    yield* capture(`You said ${digits ?? 'nothing'}. Right?`, { id: 'right' });
  });

  it('keeps no digits in plain text, opens them again after a restart, and erases them at the end', async () => {
    const world = await World.open([pin], { dataKeys: DATA_KEY });
    await world.received();
    await world.completed('48151623');
    const everything = async () => JSON.stringify([await world.store.load({ id: 'call-1' }), await world.store.turns('call-1')]);
    expect(await everything()).not.toContain('48151623');
    world.restart();
    const again = await world.deliver(world.event({ echo: { kind: 'turn', turn: 0 }, digits: '48151623' }));
    expect(again.body).toContain('You said 48151623');
    await world.over();
    expect(await everything()).not.toContain('hs1.');
  });

  it('hangs up when an answer comes to be sent again that was erased', async () => {
    const world = await World.open([pin], { dataKeys: DATA_KEY });
    await world.received();
    await world.completed('48151623');
    await world.over();
    expect(heard(await world.send({ echo: { kind: 'turn', turn: 0 }, digits: '48151623' }))).toEqual(['⏹']);
  });

  it('keeps no digits of a caller who answers when the end was requested', async () => {
    const world = await World.open([pin], { dataKeys: DATA_KEY });
    await world.received();
    await world.calls.requestEnd('call-1');
    expect(heard(await world.completed('48151623'))).toEqual(['⏹']);
    expect(JSON.stringify(await world.store.turns('call-1'))).not.toContain('48151623');
  });
});
