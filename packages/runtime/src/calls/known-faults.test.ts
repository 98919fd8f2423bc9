import { capture, defineFlow, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { CallStatusWebhook, RecordingWebhook, SessionSummaryWebhook } from '../payloads/webhook.ts';
import { deferred, heard, World } from './calls.test-support.ts';

const OUTBOUND = { direction: 'outbound', from: '6560000000', to: '6590000001' } as const;

const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Hello.');
  yield* capture('Coming?', { id: 'coming' });
});

/** The memory store as one that several processes share. */
function shared(store = createMemoryStore()): Store {
  return Object.assign(store, { shared: true });
}

function created(sessionId: string) {
  return { sessionId, sessionStatus: 'CREATED', callFlowRequestId: null, validUntil: null, warnings: [] } as const;
}

function placing(world: World) {
  const compiled = world.context.flows.find('reminder', '1');
  if (compiled === null) throw new TypeError('no such flow');
  return { subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001' };
}

describe('a placed call', () => {
  it('is found that is given its session between the looks by session and by numbers', async () => {
    const store = shared();
    const world = await World.open([reminder], { store });
    const placed = await world.place(placing(world), () => Promise.reject(new Error('lost')));
    expect(placed.status).toBe('failed');
    const other = await World.open([reminder], { store, ids: 'other' });
    const answer = deferred<string>();
    const second = other.place(placing(other), async () => created(await answer.promise));
    await other.clock.advance(0);
    const unnumbered = store.unnumbered.bind(store);
    store.unnumbered = async (...asked) => {
      answer.resolve('session-1');
      await second;
      return unnumbered(...asked);
    };
    expect(heard(await world.completed('1', OUTBOUND))).toEqual(['⏹']);
    expect((await second).sessionId).toBe('session-1');
  });

  it('ends at once by a summary without its request that came before its session was known', async () => {
    const world = await World.open([reminder]);
    const answer = deferred<string>();
    const placed = world.place(placing(world), async () => created(await answer.promise));
    await world.clock.advance(0);
    expect(await world.over({ status: 'BUSY' })).toBe('unknown-session');
    answer.resolve('session-1');
    await placed;
    await world.calls.settled();
    expect((await world.store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'ended', sessionId: 'session-1' });
  });
});

describe('a placed call that is not posted yet', () => {
  it('is not taken for the call of a session between the same numbers', async () => {
    const found = deferred<string>();
    const looking = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
      yield* say(yield* step('look', () => found.promise, { examples: { hello: 'Hello.' } }));
      yield* capture('Coming?', { id: 'coming' });
    });
    const world = await World.open([looking], { store: shared() });
    const placed = world.place(placing(world), () => Promise.resolve(created('session-2')));
    await world.clock.advance(0);
    await world.completed('1', { ...OUTBOUND, at: world.clock.now() - world.context.settings.budget });
    expect(world.told).toContain('fallback:unknown-session');
    found.resolve('Hello.');
    expect(await placed).toMatchObject({ status: 'live', sessionId: 'session-2' });
  });
});

describe('names that look alike', () => {
  it('of subaccounts and sessions are told apart', async () => {
    const world = await World.open([reminder]);
    await world.received({ subAccountId: 'a/b', sessionId: 'c' });
    await world.received({ subAccountId: 'a', sessionId: 'b/c' });
    await world.completed('1', { subAccountId: 'a', sessionId: 'b/c' });
    const { calls } = await world.store.list({});
    expect(calls.map(({ subAccountId, sessionId, turn }) => [subAccountId, sessionId, turn])).toEqual([
      ['a', 'b/c', 1],
      ['a/b', 'c', 0],
    ]);
  });

  it.each([251, 256])('may have %i characters', async (length) => {
    const sessionId = 's'.repeat(length);
    const world = await World.open([reminder]);
    await world.received({ sessionId });
    expect(await world.over({ sessionId })).toBe('stored');
  });
});

describe('a summary', () => {
  it.each<[string, unknown]>([
    ['nested 5,000 levels deep', JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)],
    ['of a megabyte', { text: 'x'.repeat(1_000_000) }],
  ])('%s is kept', async (_what, raw) => {
    const world = await World.open([reminder]);
    await world.received();
    expect(await world.over({ raw })).toBe('stored');
    expect(await world.over({ sessionId: 'unknown', webhook: { kind: 'vss', raw } as SessionSummaryWebhook })).toBe('unknown-session');
    expect((await world.store.load({ id: 'call-1' }))?.call.status).toBe('ended');
  });
});

describe('a webhook that comes twice at the same moment is told once', () => {
  const status = { kind: 'vcs', callStatus: 'CALL_CONNECTED', sipCode: 200, raw: {} } as CallStatusWebhook;
  const recording = { kind: 'vru', status: 'UPLOAD_COMPLETED', recordingId: 'r', durationSeconds: 3, raw: {} } as RecordingWebhook;

  it.each([
    ['to one instance', 1],
    ['to two instances', 2],
  ])('%s', async (_where, instances) => {
    const store = shared();
    const worlds = await Promise.all(Array.from({ length: instances }, () => World.open([reminder], { store })));
    const [first = await World.open([reminder])] = worlds;
    for (const known of [false, true]) {
      if (known) await first.received();
      const deliveries = [...worlds, ...worlds].flatMap(({ calls, clock }) => [
        calls.keep({
          kind: 'status',
          at: clock.now(),
          subAccountId: 'acme',
          sessionId: 'session-1',
          webhook: { ...status, sipCode: known ? 200 : 180 },
        }),
        calls.keep({
          kind: 'recording',
          at: clock.now(),
          subAccountIds: ['acme'],
          sessionId: 'session-1',
          webhook: { ...recording, recordingId: String(known) },
        }),
      ]);
      const outcomes = await Promise.all(deliveries);
      expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(2);
    }
    const told = worlds.flatMap((world) => world.told).filter((one) => /^(status|recording):/.test(one));
    expect(told.sort()).toEqual([
      'recording:UPLOAD_COMPLETED',
      'recording:UPLOAD_COMPLETED',
      'status:CALL_CONNECTED',
      'status:CALL_CONNECTED',
    ]);
  });
});
