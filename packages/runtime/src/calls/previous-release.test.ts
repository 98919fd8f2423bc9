import { capture, defineFlow, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { EndedCall } from './ended-call.ts';
import type { CallflowRequest } from '../platform/index.ts';
import { deferred, World, type WorldOptions } from './calls.test-support.ts';
import { sweep } from './sweep.ts';

// Servers of the release before work beside those of today while they are replaced one by one. They know less: a commit of theirs takes nothing from the inbox, and writes
// of a state only what they know.

/** What a state had in the release before. */
const KNOWN_BEFORE = new Set(
  [
    ['fromCountry', 'toCountry', 'language', 'params', 'legId', 'outstanding', 'cursor', 'holds', 'lease', 'summary', 'acceptedVoice'],
    ['sentVoice', 'sentAt', 'askedAt', 'shortestSilence', 'bridged', 'endFailures', 'tellAfter', 'endRequested', 'sensitive', 'sealed'],
    ['error'],
  ].flat(),
);
const OUTBOUND = { direction: 'outbound', from: '6560000000', to: '6590000001' } as const;
const IDLE = 2 * 3_600_000;

/** A state as a server of the release before writes it. */
function asBefore(state: string, change: Readonly<Record<string, unknown>> = {}): string {
  const known = Object.entries(JSON.parse(state) as object).filter(([name]) => KNOWN_BEFORE.has(name));
  return JSON.stringify({ ...Object.fromEntries(known), ...change });
}

/** The same store as servers of the release before use it. */
function usedBefore(store: Store): Store {
  const commit: Store['commit'] = ({ takes: _, call, ...rest }) =>
    store.commit({ ...rest, call: { ...call, state: asBefore(call.state) } });
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = name === 'commit' ? commit : Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** A server of the release before changes a call. */
async function changeBefore(
  store: Store,
  state: Readonly<Record<string, unknown>>,
  change: { readonly journal?: readonly string[]; readonly dueAt?: number; readonly site?: string } = {},
): Promise<void> {
  const { call, journal } = (await store.load({ id: 'call-1' })) ?? {};
  if (call === undefined || journal === undefined) throw new TypeError('no such call');
  const { journal: texts = [], ...record } = change;
  const rows = texts.map((data, at) => ({ index: journal.length + at, data }));
  const next = { ...call, ...record, revision: call.revision + 1, journalLength: journal.length + rows.length };
  const outcome = await store.commit({ call: { ...next, state: asBefore(call.state, state) }, journal: rows });
  expect(outcome).toBe('committed');
}

function shared(): Store {
  return Object.assign(createMemoryStore(), { shared: true });
}

describe('the summary of a session that a server of today was told of before one of the release before began it', () => {
  const question = defineFlow({ name: 'question', voice: 'en-US-ZiraRUS' }, function* () {
    yield* capture('Well?', { id: 'well' });
  });

  it('is what its call ends with', async () => {
    const ended: EndedCall[] = [];
    const onEnd: WorldOptions['onEnd'] = (call) => Promise.resolve(void ended.push(call));
    const store = shared();
    const today = await World.open([question], { store, onEnd });
    const before = await World.open([question], { store: usedBefore(store), onEnd });
    expect(await today.over({ status: 'BUSY' })).toBe('unknown-session');
    await before.received();
    await today.clock.advance(IDLE);
    await today.sweep();
    expect(ended).toMatchObject([{ id: 'call-1', sessionStatus: 'BUSY' }]);
    expect((await store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'ended', dueAt: null });
  });
});

describe('a placed call that a server of the release before changes', () => {
  const PLACED = { validUntil: '2026-01-05T04:00:00Z', callRecording: true };

  /** A call that is being placed: `found` ends its first step, `answered` its post. */
  async function placing() {
    const found = deferred<string>();
    const answered = deferred<string>();
    const sent: CallflowRequest[] = [];
    const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
      yield say(`Hello ${yield* step('find', () => found.promise, { examples: { ann: 'Ann' }, timeout: 60_000 })}.`);
      yield* capture('Coming?', { id: 'coming' });
    });
    const store = shared();
    const today = await World.open([reminder], { store });
    const before = await World.open([reminder], { store: usedBefore(store), ids: 'before' });
    const compiled = today.context.flows.find('reminder', '1');
    if (compiled === null) throw new TypeError('no such flow');
    const request = { subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001', ...PLACED };
    const placed = today.place(request, async (callflow) => {
      sent.push(callflow);
      const sessionId = await answered.promise;
      return { sessionId, sessionStatus: 'CREATED', callFlowRequestId: null, validUntil: null, warnings: [] };
    });
    await today.clock.advance(0);
    return { reminder, store, today, before, found, answered, sent, placed };
  }

  it('while its first steps run: its end is asked for, and it is not placed', async () => {
    const { before, found, sent, placed } = await placing();
    await before.calls.requestEnd('call-1');
    found.resolve('Ann');
    expect(await placed).toMatchObject({ status: 'failed' });
    expect(sent).toEqual([]);
  });

  it.each([
    ['created', 'ending', 'session-1'],
    ['refused', 'failed', null],
  ])('while its post is under way: what comes of the post is kept (%s)', async (outcome, status, sessionId) => {
    const { today, before, found, answered, sent, placed } = await placing();
    found.resolve('Ann');
    await today.clock.advance(0);
    await before.calls.requestEnd('call-1');
    if (outcome === 'created') answered.resolve('session-1');
    else answered.reject(new Error('no such number'));
    expect(await placed).toMatchObject({ status, sessionId });
    expect(sent).toHaveLength(1);
  });

  it('while its post is under way: its first webhook is answered, and nobody is called twice', async () => {
    const { today, before, found, answered, sent, placed } = await placing();
    found.resolve('Ann');
    await today.clock.advance(0);
    await before.clock.advance(0);
    const answer = before.completed('1', OUTBOUND);
    await before.clock.advance(before.context.settings.budget);
    await answer;
    answered.resolve('session-1');
    await today.clock.advance(1_000);
    expect(await placed).toMatchObject({ sessionId: 'session-1' });
    expect(sent).toHaveLength(1);
  });

  /** The lease of the step has run out; a server of the release before runs it to its end. */
  async function takenOver(store: Store): Promise<void> {
    await changeBefore(store, { lease: { token: 'before', until: Date.UTC(2026, 0, 5, 4) } });
    const call = (await store.load({ id: 'call-1' }))?.call;
    const entry = { site: call?.site, at: call?.startedAt, value: 'Bob' };
    await changeBefore(store, { lease: null }, { journal: [JSON.stringify(entry)], dueAt: (call?.startedAt ?? 0) + IDLE, site: 'coming' });
  }

  it('by taking over its first steps: it is placed once they are done, as it was asked for', async () => {
    const { store, today, found, answered, sent, placed } = await placing();
    await takenOver(store);
    found.resolve('Ann');
    answered.resolve('session-1');
    await today.clock.advance(5_000);
    expect(await placed).toMatchObject({ status: 'live', sessionId: 'session-1' });
    expect(sent).toMatchObject([{ validUntil: PLACED.validUntil, callflow: [{ params: { callRecording: true } }, {}, {}] }]);
    expect(sent[0]?.callflow[1]).toMatchObject({ params: { text: 'Hello Bob.' } });
  });

  it('by taking over its first steps, after the server that places it has died: nobody is called, and its end is told', async () => {
    const ended: EndedCall[] = [];
    const { reminder, store, sent } = await placing();
    await takenOver(store);
    // The clock of the first server stands still, and with it all that it would do.
    const other = await World.open([reminder], { store, onEnd: (call) => Promise.resolve(void ended.push(call)) });
    await other.clock.advance(IDLE);
    await other.sweep();
    expect(sent).toEqual([]);
    expect(ended).toMatchObject([{ id: 'call-1', sessionStatus: 'IDLE' }]);
  });

  it('and leaves in the middle of its first steps: whoever of today takes it over places it, as it was asked for', async () => {
    const { store, today, sent, found, answered, placed } = await placing();
    const until = today.clock.now() + 1_000;
    await changeBefore(store, { lease: { token: 'before', until } }, { dueAt: until });
    answered.resolve('session-1');
    await today.clock.advance(1_000);
    void sweep(today.context, today.calls);
    found.resolve('Ann');
    await today.clock.advance(1_000);
    expect(await placed).toMatchObject({ status: 'live', sessionId: 'session-1' });
    expect(sent).toMatchObject([{ validUntil: PLACED.validUntil, callflow: [{ params: { callRecording: true } }, {}, {}] }]);
  });
});

describe('a call that a server of the release before places', () => {
  it('is not placed by one of today that takes over its first steps: only the first server knows what was asked for', async () => {
    const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
      yield say(yield* step('find', () => 'Hello.', { examples: { ok: 'Hello.' } }));
    });
    const store = shared();
    const today = await World.open([reminder], { store });
    const now = today.clock.now();
    const call = {
      id: 'call-1',
      subAccountId: 'acme',
      sessionId: null,
      flow: 'reminder',
      flowVersion: '1',
      direction: 'outbound',
    } as const;
    const legs = { from: '+6560000000', to: '+6590000001', clientRequestId: null, turn: -1, journalLength: 0 };
    const times = { startedAt: now, seenAt: now, endedAt: null, dueAt: now };
    const state = JSON.stringify({ lease: { token: 'before', until: now } });
    const none = { lastSite: null, tags: {}, result: null, counted: false };
    await store.commit({ call: { ...call, ...legs, ...times, ...none, status: 'pending', site: 'find', revision: 1, state } });
    await today.sweep();
    expect((await store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'pending', turn: -1, journalLength: 1 });
  });
});
