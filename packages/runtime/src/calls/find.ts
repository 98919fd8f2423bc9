/**
 * Finds the call that an input speaks of: in memory, else in the store by session, by request, or by numbers. Memory holds immutable copies, each of what the store had
 * at some revision; all of it may be lost at any time, and a commit tells when it was old. Nothing is changed here.
 */
import type { CompiledFlow, Entry } from '@hookswitch/dsl';
import { isSealed } from '../security/seal.ts';
import type { CallKey, CallRecord, SignalRow, StoredCall } from '../store/store.ts';
import type { Call, Found } from './call.ts';
import type { KeptSignal } from './kept-signal.ts';
import { opened, openedSignal } from './seal-rows.ts';
import { toEarlyRow } from './decide/onward.ts';
import { Secrets } from './hidden/secrets.ts';
import type { CallInput, PostSettled, Recording, SessionName, SignalSent, StepSettled, StillRunning, Summary, Vca } from './input.ts';
import type { CallsContext } from './context.ts';
import { OverridesCache } from './overrides.ts';
import { fromPlacedEvent, isUnplaced } from './placing.ts';
import { callOf, readState } from './state.ts';
import { unservedFlow } from './unserved-flow.ts';

const NOBODY: Found = { call: null, inbox: [], seenTurn: null, signal: null, posting: false };

/** The key of a session, for maps and queues: no other session has it, whatever its ids hold. */
export function sessionKey({ subAccountId, sessionId }: SessionName): string {
  return JSON.stringify([subAccountId, sessionId]);
}

/** The names by which a change of a call wakes whoever waits for it: its id first, and its session. */
export function namesOf(record: CallRecord | null, input: CallInput): readonly string[] {
  if (record === null) return input.kind === 'vca' ? [sessionKey(input)] : [];
  const { id, subAccountId, sessionId } = record;
  return sessionId === null ? [id] : [id, sessionKey({ subAccountId, sessionId })];
}

export class CallFinder {
  /** What operators have set. */
  readonly overrides: OverridesCache;
  readonly #context: CallsContext;
  readonly #calls = new Map<string, Call>();
  readonly #ids = new Map<string, string>();
  readonly #unserved = new Map<string, CompiledFlow>();

  constructor(context: CallsContext) {
    this.#context = context;
    this.overrides = new OverridesCache(context.store);
  }

  /** What an input queues behind: the call, as far as it is known. */
  queueOf(input: CallInput): string {
    if ('callId' in input) return input.callId;
    if (input.kind === 'place')
      return input.clientRequestId === null ? input.id : JSON.stringify([input.subAccountId, input.clientRequestId, 'request']);
    const key = input.kind === 'recording' ? input.sessionId : sessionKey(input);
    return this.#ids.get(key) ?? key;
  }

  /** `fresh`: what memory has is not to be trusted. `now`: the reading of the clock that the decision will see. */
  async find(input: CallInput, fresh: boolean, now: number): Promise<Found> {
    switch (input.kind) {
      case 'vca':
        return this.#ofVca(input, fresh, now);
      case 'summary':
        return this.#ofSummary(input, fresh);
      case 'status':
        return { ...NOBODY, call: await this.#load(sessionOf(input), fresh) };
      case 'recording':
        return { ...NOBODY, call: await this.#ofRecording(input) };
      case 'place':
        return { ...NOBODY, call: await this.#ofRequest(input.subAccountId, input.clientRequestId, input.id, fresh) };
      case 'post-settled':
        return this.#ofPost(input, fresh);
      case 'due':
        return this.#ofDue(input.callId);
      case 'signal':
        return this.#ofSignal(input, fresh);
      case 'step-settled':
      case 'still-running':
        return { ...NOBODY, call: await this.#ofLease(input, fresh) };
      default:
        return { ...NOBODY, call: await this.#load({ id: input.callId }, fresh) };
    }
  }

  async #ofVca(vca: Vca, fresh: boolean, now: number): Promise<Found> {
    const call = await this.#load(sessionOf(vca), fresh);
    if (call !== null) return { ...NOBODY, call, seenTurn: await this.#seenTurn(call, vca) };
    const { direction, from, to, subAccountId } = vca;
    if (direction !== 'outbound' || from === null) return { ...NOBODY, inbox: await this.#inbox(vca, fresh) };
    const { store, settings } = this.#context;
    // A session between these numbers is none of a call that is not posted yet.
    const placed = (await store.unnumbered(subAccountId, from, to)).filter((record) => !isUnplaced(record));
    const isLate = now >= vca.at + settings.budget;
    const chosen = placed.find(({ status }) => status === 'unknown') ?? (isLate ? placed[0] : undefined);
    // A call that was numbered between the two looks is on neither list: it is looked for again by its session.
    const found = await this.#load(chosen === undefined ? sessionOf(vca) : { id: chosen.id }, true);
    const isUnbound = found === null || found.record.sessionId === null;
    return {
      ...NOBODY,
      call: found,
      inbox: isUnbound ? await this.#inbox(vca, fresh) : [],
      seenTurn: found === null ? null : await this.#seenTurn(found, vca),
      posting: placed.length > 0,
    };
  }

  async #ofSummary(summary: Summary, fresh: boolean): Promise<Found> {
    const call = await this.#load(sessionOf(summary), fresh);
    if (call !== null || summary.clientRequestId === null) return { ...NOBODY, call };
    // 8x8 gives back what the post named the request by: our own id.
    const placed = await this.#load({ id: summary.clientRequestId }, true);
    if (placed?.record.sessionId !== null || placed.record.subAccountId !== summary.subAccountId) return NOBODY;
    return { ...NOBODY, call: placed, inbox: await this.#inbox(summary, fresh) };
  }

  async #ofRecording({ subAccountIds, sessionId }: Recording): Promise<Call | null> {
    for (const subAccountId of subAccountIds) {
      const call = await this.#load({ subAccountId, sessionId }, false);
      if (call !== null) return call;
    }
    return null;
  }

  async #ofRequest(subAccountId: string, clientRequestId: string | null, id: string, fresh: boolean): Promise<Call | null> {
    if (clientRequestId === null) return this.#load({ id }, fresh);
    const known = await this.#context.store.findByClientRequestId(subAccountId, clientRequestId);
    return known === null ? null : this.#load({ id: known.id }, fresh);
  }

  async #ofPost({ callId, outcome }: PostSettled, fresh: boolean): Promise<Found> {
    const call = await this.#load({ id: callId }, fresh);
    if (call === null || outcome.is !== 'created' || call.record.sessionId !== null) return { ...NOBODY, call };
    const { subAccountId } = call.record;
    return { ...NOBODY, call, inbox: await this.#inbox({ subAccountId, sessionId: outcome.sessionId }, fresh) };
  }

  /** A request of the same key is looked for only where the call has had signals: if memory is old there, the commit says so. */
  async #ofSignal({ callId, key }: SignalSent, fresh: boolean): Promise<Found> {
    const call = await this.#load({ id: callId }, fresh);
    const { store, sealer } = this.#context;
    const row = call === null || key === null || call.state.signals === null ? null : await store.signalOfKey(callId, key);
    return { ...NOBODY, call, signal: row === null ? null : openedSignal(sealer, callId, row) };
  }

  /** Whoever runs a step holds its lease. That it is gone is believed of the store alone: what memory has may be older. */
  async #ofLease({ callId, token }: StepSettled | StillRunning, fresh: boolean): Promise<Call | null> {
    const call = await this.#load({ id: callId }, fresh);
    return fresh || call?.state.lease?.token === token ? call : this.#load({ id: callId }, true);
  }

  /** The call as the store has it now: what memory holds of it may be as old as its last turn in this process. */
  async #ofDue(callId: string): Promise<Found> {
    const call = await this.#load({ id: callId }, true);
    const sessionId = call?.record.sessionId ?? null;
    if (call === null || sessionId === null || call.state.summary !== null || call.state.lease !== null) return { ...NOBODY, call };
    // While servers are replaced, one may have been told of its end before another began it: neither release looks where the other keeps what comes early.
    const { subAccountId } = call.record;
    const inbox = await this.#context.store.inbox(subAccountId, sessionId);
    if (inbox.some(({ kind, pending }) => pending && kind === 'summary')) return { ...NOBODY, call, inbox };
    const early = await this.#context.earlySummary({ subAccountId, sessionId });
    return { ...NOBODY, call, inbox: early === null ? [] : [toEarlyRow(early)] };
  }

  /** Hardly ever does anything come before its call: it is asked for once a commit has said that there is something. */
  async #inbox({ subAccountId, sessionId }: SessionName, fresh: boolean): Promise<Found['inbox']> {
    return fresh && sessionId !== '' ? this.#context.store.inbox(subAccountId, sessionId) : [];
  }

  async #seenTurn({ record }: Call, { status, echo, eventId }: Vca): Promise<number | null> {
    const isTold = status === 'received' || (echo !== null && echo.kind !== 'given') || eventId === null;
    return isTold ? null : ((await this.#context.store.turnOfEvent(record.id, eventId))?.turn ?? null);
  }

  /** Remembers a call as it was committed, until it is over and told: of such a one hardly anything is asked any longer. */
  keep(call: Call): void {
    const { id, sessionId, revision, endedAt, dueAt } = call.record;
    // Looks and commits may come back in another order than the store has seen them.
    if ((this.#calls.get(id)?.record.revision ?? 0) > revision) return;
    if (endedAt !== null && dueAt === null) return this.forget(id);
    // Re-inserted, so that the map stays ordered by use.
    this.#calls.delete(id);
    this.#calls.set(id, call);
    if (sessionId !== null) this.#ids.set(sessionKey({ ...call.record, sessionId }), id);
    if (this.#calls.size > this.#context.settings.hotCalls) this.#forgetOldest();
  }

  /** Takes over what `put` has noted of a call beside its revisions. */
  touch(id: string, seenAt: number, dueAt: number): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    const { record } = call;
    const moves = record.dueAt !== null && record.dueAt >= seenAt && dueAt > record.dueAt;
    this.#calls.set(id, withTimes(call, { ...record, seenAt: Math.max(record.seenAt, seenAt), dueAt: moves ? dueAt : record.dueAt }));
  }

  /** Forgets a call, so that the next look reads the store. */
  forget(id: string): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    this.#calls.delete(id);
    const { sessionId } = call.record;
    if (sessionId !== null) this.#ids.delete(sessionKey({ ...call.record, sessionId }));
  }

  /** Calls in memory. */
  get size(): number {
    return this.#calls.size;
  }

  #forgetOldest(): void {
    const [oldest] = this.#calls.keys();
    if (oldest !== undefined) this.forget(oldest);
  }

  async #load(key: CallKey, fresh: boolean): Promise<Call | null> {
    const id = 'id' in key ? key.id : this.#ids.get(sessionKey(key));
    const known = fresh || id === undefined ? undefined : this.#calls.get(id);
    if (known !== undefined) return known;
    const stored = await this.#context.store.load(key);
    if (stored === null) return null;
    const copy = this.#calls.get(stored.call.id);
    // What was committed here since the store was asked is newer than its answer.
    if (copy !== undefined && copy.record.revision > stored.call.revision) return copy;
    // A copy of the very revision is worth more: its generator is alive. Webhooks beside the call move its times without a revision.
    if (copy !== undefined && copy.record.revision === stored.call.revision) return withTimes(copy, stored.call);
    const asked = isUnplaced(stored.call) ? await this.#context.store.turn(stored.call.id, 0) : null;
    const kept = (readState(stored.call.state).signals?.kept ?? 0) > 0 ? await this.#context.store.signals(stored.call.id) : [];
    const call = this.#restore(stored, kept, asked === null ? null : fromPlacedEvent(asked.event));
    if (call.broken === null) this.keep(call);
    return call;
  }

  /** A call from what the store keeps: the flow is replayed over its journal. One whose flow is no longer served can only fail and end. */
  #restore({ call: record, journal }: StoredCall, rows: readonly SignalRow[], placing: Call['placing']): Call {
    const { flows, store, sealer, settings } = this.#context;
    const state = readState(record.state);
    const served = flows.find(record.flow, record.flowVersion);
    const flowCall = callOf(record, state);
    const bare = { record, state, answered: null, secrets: Secrets.none, kept: [], placing };
    try {
      const compiled = served ?? this.#standIn(record, settings.voice);
      const entries = journal.map(({ data, index }) => JSON.parse(opened(sealer, data, { callId: record.id, index })) as Entry);
      const position = compiled.restore(flowCall, entries, record.site);
      let { secrets } = bare;
      journal.forEach(({ data }, index) => {
        const entry = entries[index];
        if (isSealed(data) && entry !== undefined && 'value' in entry) secrets = secrets.with(entry.value);
      });
      const isAhead = store.shared && flows.isAhead(record.flow, record.flowVersion);
      const kept = rows.map((row) => openedSignal(sealer, record.id, row) as KeptSignal);
      return { ...bare, compiled, position, secrets, kept, isAhead, broken: null };
    } catch (why) {
      const compiled = this.#standIn(record, settings.voice);
      return { ...bare, compiled, position: compiled.start(flowCall), isAhead: false, broken: { why } };
    }
  }

  #standIn({ flow, flowVersion }: CallRecord, voice: string): CompiledFlow {
    const key = JSON.stringify([flow, flowVersion]);
    const standIn = this.#unserved.get(key) ?? unservedFlow(flow, flowVersion, voice);
    this.#unserved.set(key, standIn);
    return standIn;
  }
}

/** The platform's name of an input's session, and nothing else of it. */
function sessionOf({ subAccountId, sessionId }: SessionName): SessionName {
  return { subAccountId, sessionId };
}

function withTimes(copy: Call, { seenAt, dueAt }: CallRecord): Call {
  if (copy.record.seenAt === seenAt && copy.record.dueAt === dueAt) return copy;
  return { ...copy, record: { ...copy.record, seenAt, dueAt } };
}
