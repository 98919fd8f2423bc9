import { capture, defineFlow, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import { alteredStore } from './altered-store.test-support.ts';
import { deferred, heard, World } from './calls.test-support.ts';
import { Calls } from './calls.ts';
import { CallFinder } from './find.ts';
import type { CallStatusWebhook, RecordingWebhook } from '../payloads/webhook.ts';
import { summaryOf } from './decide/standings.test-support.ts';

const OUTBOUND = { direction: 'outbound', from: '6560000000', to: '6590000001' } as const;
const HOUR = 3_600_000;

const reminder = defineFlow<{ name: string }>(
  { name: 'reminder', voice: 'en-US-ZiraRUS', examples: { params: [{ name: 'Ann' }] } },
  function* (call) {
    const name = call.direction === 'outbound' ? call.params.name : 'caller';
    yield* capture(`Coming, ${name}?`, { id: 'coming' });
    yield say(`Goodbye, ${name}.`);
  },
);

function open(store = createMemoryStore()): Promise<World> {
  return World.open([reminder as never], { store });
}

/** Places a call whose post is answered as `answer` says. */
function place(world: World, name: string, answer: () => Promise<string>) {
  const compiled = world.context.flows.find('reminder', '1');
  if (compiled === null) throw new TypeError('no such flow');
  const created = async () => ({
    ...{ sessionId: await answer(), sessionStatus: 'CREATED' as const, callFlowRequestId: null, validUntil: null, warnings: [] },
  });
  return world.place({ subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', params: { name } }, created);
}

describe('a webhook of a placed call whose session nobody knows', () => {
  it('waits for the posts between its numbers, and belongs to the one that names its session', async () => {
    const world = await open();
    const answers = [deferred<string>(), deferred<string>()] as const;
    const ann = place(world, 'Ann', () => answers[0].promise);
    await world.clock.advance(0);
    const bob = place(world, 'Bob', () => answers[1].promise);
    await world.clock.advance(0);
    const answer = world.completed('1', { ...OUTBOUND, sessionId: 'of-bob' });
    await world.clock.advance(1_000);
    answers[1].resolve('of-bob');
    answers[0].resolve('of-ann');
    await Promise.all([ann, bob]);
    expect(heard(await answer)).toEqual(['Goodbye, Bob.', '⏹']);
  });

  it('is taken for the one whose post gets no answer, at the end of its budget', async () => {
    const world = await open();
    void place(world, 'Ann', () => new Promise(() => undefined));
    await world.clock.advance(0);
    const answer = world.completed('1', OUTBOUND);
    await world.clock.advance(world.context.settings.budget);
    expect(heard(await answer)).toEqual(['Goodbye, Ann.', '⏹']);
  });

  it('finds the end of its session, where that came first', async () => {
    const world = await open();
    const placed = await place(world, 'Ann', () => Promise.resolve(''));
    expect(placed.status).toBe('unknown');
    expect(await world.over()).toBe('unknown-session');
    expect(heard(await world.completed('1', OUTBOUND))).toEqual(['⏹']);
    await world.calls.settled();
    expect((await world.store.load({ id: placed.id }))?.call).toMatchObject({ status: 'ended', sessionId: 'session-1', dueAt: null });
  });

  it('is none of an inbound call between the same numbers, nor of one that withholds its number', async () => {
    const world = await open();
    const placed = await place(world, 'Ann', () => Promise.resolve(''));
    await world.received({ ...OUTBOUND, direction: 'inbound', sessionId: 'other', id: 'other' });
    await world.completed('1', { ...OUTBOUND, from: null, sessionId: 'third' });
    expect((await world.store.load({ id: placed.id }))?.call).toMatchObject({ sessionId: null, status: 'unknown' });
    expect((await world.store.load({ id: 'other' }))?.call).toMatchObject({ direction: 'inbound' });
  });
});

describe('a summary that names the request of a placed call', () => {
  it('of another subaccount is none of it', async () => {
    const world = await open();
    const placed = await place(world, 'Ann', () => Promise.resolve(''));
    expect(await world.over({ clientRequestId: placed.id, subAccountId: 'other' })).toBe('unknown-session');
    expect((await world.store.load({ id: placed.id }))?.call.sessionId).toBeNull();
  });

  it('is none of it where it has another session', async () => {
    const world = await open();
    const placed = await place(world, 'Ann', () => Promise.resolve('session-2'));
    expect(await world.over({ clientRequestId: placed.id })).toBe('unknown-session');
    expect((await world.store.load({ id: placed.id }))?.call).toMatchObject({ status: 'live', sessionId: 'session-2' });
  });
});

/** A status webhook that is like no other. */
function statusAt(moment: string): CallStatusWebhook {
  return { kind: 'vcs', callStatus: `AT_${moment}`, sipCode: null, raw: {} } as unknown as CallStatusWebhook;
}

describe('a status or a recording of a session', () => {
  const status = (world: World) =>
    world.calls.keep({
      ...{ kind: 'status', at: world.clock.now(), subAccountId: 'acme', sessionId: 'session-1' },
      webhook: statusAt(String(world.clock.now())),
    });

  it('puts off its idle end, in the store and in memory', async () => {
    const world = await open();
    await world.received();
    await world.clock.advance(1.5 * HOUR);
    await status(world);
    expect((await world.store.load({ id: 'call-1' }))?.call.seenAt).toBe(world.clock.now());
    await world.calls.requestEnd('call-1');
    expect((await world.store.load({ id: 'call-1' }))?.call.dueAt).toBe(world.clock.now() + world.context.settings.idle);
    await world.clock.advance(HOUR);
    await world.sweep();
    expect((await world.store.load({ id: 'call-1' }))?.call.endedAt).toBeNull();
  });

  it('belongs to the subaccount that has the session', async () => {
    const world = await open();
    await world.received();
    const recording = { kind: 'vru', status: 'UPLOAD_COMPLETED', recordingId: 'r', durationSeconds: 3, raw: {} } as RecordingWebhook;
    const found = await new CallFinder(world.context).find(
      { kind: 'recording', at: 0, subAccountIds: ['main', 'acme'], sessionId: 'session-1', webhook: recording },
      false,
      0,
    );
    expect(found.call?.record.id).toBe('call-1');
  });

  it.each<[string, number | null, number, number]>([
    ['a call that is over', null, 10_000, 5_000],
    ['a lease that has run out', 1_000, 10_000, 5_000],
    ['a call that is due later anyway', 90_000, 10_000, 5_000],
    ['a call that is due sooner', 6_000, 10_000, 5_000],
    ['an older moment', 60_000, 70_000, 500],
  ])('moves the times of a copy in memory as those in the store: %s', async (_what, dueAt, until, seenAt) => {
    const world = await open();
    await world.received();
    const finder = new CallFinder(world.context);
    const { call } = await finder.find({ kind: 'due', at: 0, callId: 'call-1' }, true, 0);
    if (call === null) throw new TypeError('no such call');
    const record = { ...call.record, revision: call.record.revision + 1, seenAt: 1_000, dueAt };
    await world.store.commit({ call: record });
    finder.keep({ ...call, record });
    const row = { subAccountId: 'acme', sessionId: 'session-1', kind: 'status', digest: 'd', at: 0, data: '{}' };
    await world.store.put(row, { pending: false, seen: { callId: 'call-1', seenAt, dueAt: until } });
    finder.touch('call-1', seenAt, until);
    const copy = await finder.find({ kind: 'end-requested', at: 0, callId: 'call-1' }, false, 0);
    const stored = (await world.store.load({ id: 'call-1' }))?.call;
    expect([copy.call?.record.seenAt, copy.call?.record.dueAt]).toEqual([stored?.seenAt, stored?.dueAt]);
  });

  it('moves the times of a copy that another server has moved in the store, and keeps its flow', async () => {
    const world = await open();
    await world.received();
    const finder = new CallFinder(world.context);
    const before = await finder.find({ kind: 'due', at: 0, callId: 'call-1' }, true, 0);
    const row = { subAccountId: 'acme', sessionId: 'session-1', kind: 'status', digest: 'd', at: 0, data: '{}' };
    const seenAt = world.clock.now() + 1_000;
    await world.store.put(row, { pending: false, seen: { callId: 'call-1', seenAt, dueAt: before.call?.record.dueAt ?? 0 } });
    const after = await finder.find({ kind: 'due', at: 0, callId: 'call-1' }, true, 0);
    expect(after.call?.record.seenAt).toBe(seenAt);
    expect(after.call?.position).toBe(before.call?.position);
  });
});

describe('an end that only a server of the release before knows', () => {
  it('is what its call ends with, where it is due', async () => {
    const world = await open();
    await world.received();
    const early = summaryOf({ subAccountId: 'acme', sessionId: 'session-1', at: 5 }, { status: 'BUSY' });
    const calls = new Calls({ ...world.context, earlySummary: () => Promise.resolve(early) });
    await world.clock.advance(world.context.settings.idle);
    await calls.transact({ kind: 'due', at: world.clock.now(), callId: 'call-1' });
    await calls.settled();
    expect((await world.store.load({ id: 'call-1' }))?.call.state).toContain('"BUSY"');
  });
});

describe('a duplicate on the heels of its turn', () => {
  it('asks no store', async () => {
    const base = createMemoryStore();
    let looks = 0;
    const store = alteredStore(base, { turn: (id, turn) => (looks++, base.turn(id, turn)) });
    const world = await open(store as typeof base);
    await world.received();
    const asked = world.event({ echo: { kind: 'turn', turn: 0 }, digits: '7' });
    const { body } = await world.deliver(asked);
    expect(await world.deliver(asked)).toEqual({ body, outcome: 'duplicate' });
    expect(looks).toBe(0);
  });
});

describe('what memory has of a call', () => {
  const due = { kind: 'due', at: 0, callId: 'call-1' } as const;
  const remembered = { kind: 'end-requested', at: 0, callId: 'call-1' } as const;

  it('is gone once the call is over and told, also where an end comes again', async () => {
    const world = await open();
    await world.received();
    await world.received({ sessionId: 'session-2', id: 'call-2' });
    expect(world.calls.size).toBe(2);
    await world.over();
    await world.calls.settled();
    expect(world.calls.size).toBe(1);
    expect(await world.over()).toBe('duplicate');
    expect(heard(await world.completed('1'))).toEqual(['⏹']);
    expect(world.calls.size).toBe(1);
  });

  it('never goes back to an answer of the store that comes late', async () => {
    const world = await open();
    await world.received();
    const held = deferred<undefined>();
    const load: Store['load'] = async (key) => {
      const stored = await world.store.load(key);
      await held.promise;
      return stored;
    };
    const finder = new CallFinder({ ...world.context, store: alteredStore(world.store, { load }) });
    const late = finder.find(due, true, 0);
    await world.clock.advance(0);
    await world.completed('7');
    const { call } = await new CallFinder(world.context).find(due, true, 0);
    if (call === null) throw new TypeError('no such call');
    finder.keep(call);
    held.resolve(undefined);
    expect((await late).call).toBe(call);
    expect((await finder.find(remembered, false, 0)).call).toBe(call);
    finder.keep({ ...call, record: { ...call.record, revision: call.record.revision - 1 } });
    expect((await finder.find(remembered, false, 0)).call).toBe(call);
  });

  it.each(['step-settled', 'still-running'] as const)('is not believed where it has another lease than that of "%s"', async (kind) => {
    const world = await open();
    await world.received();
    const finder = new CallFinder(world.context);
    const before = await finder.find(due, true, 0);
    await world.completed('7');
    const rest = { index: 0, outcome: { ok: true }, ms: 0, attempts: 1, asked: null } as const;
    const after = await finder.find({ kind, at: 0, callId: 'call-1', token: 'elsewhere', ...rest }, false, 0);
    expect(after.call?.record.revision).toBeGreaterThan(before.call?.record.revision ?? Infinity);
  });

  it('loses no outcome of a step, though an older answer of the store comes while it runs', async () => {
    const found = deferred<string>();
    const base = Object.assign(createMemoryStore(), { shared: true });
    const held = deferred<undefined>();
    let looks = 0;
    const load: Store['load'] = async (key) => {
      const stored = await base.load(key);
      if (++looks === 1) await held.promise;
      return stored;
    };
    const desk = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
      yield* capture('Your number?', { id: 'number' });
      const name = yield* step('find', () => found.promise, { examples: { ann: 'Ann' } });
      yield* capture(`More, ${name}?`, { id: 'more' });
    });
    const first = await World.open([desk], { store: base });
    await first.received();
    const second = await World.open([desk], { store: alteredStore(base, { load }), ids: 'second' });
    // A look by the session is under way when another one makes the id of the call known here, by which what comes next queues.
    const { subAccountId, sessionId } = second.event();
    const status = second.calls.keep({ kind: 'status', at: 0, subAccountId, sessionId, webhook: statusAt('CONNECTED') });
    await second.calls.transact(due);
    const answer = second.completed('7', { echo: { kind: 'turn', turn: 0 } });
    await second.clock.advance(0);
    held.resolve(undefined);
    await status;
    found.resolve('Ann');
    expect(heard(await answer)).toEqual(['More, Ann? …']);
  });
});
