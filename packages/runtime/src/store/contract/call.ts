import { equal } from 'node:assert/strict';
import type { AuditRow, CallRecord, Commit, CountRow, InboxRow, SignalRow, Store } from '../store.ts';

/** A moment: 2026-01-01 UTC. */
export const NOON = 1_767_268_800_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A store under test, and how to come by one. */
export interface StoreHarness {
  /** An empty store that is open. Whatever an earlier one kept must not be in it. */
  fresh(): Promise<Store>;
  /** Closes a store and opens what it kept in another one; null for a store that keeps nothing. */
  readonly reopen: ((store: Store) => Promise<Store>) | null;
}

/** Gives the store of the running test. */
export type TheStore = () => Store;

let minted = 0;

/** A live inbound call as it is inserted, changed by `changes`. */
export function aCall(changes: Partial<CallRecord> = {}): CallRecord {
  const id = changes.id ?? `call-${++minted}`;
  return {
    id,
    subAccountId: 'acme',
    sessionId: `session-of-${id}`,
    flow: 'support',
    flowVersion: '1',
    direction: 'inbound',
    from: '+6591234567',
    to: '+6531589338',
    status: 'live',
    site: 'main',
    lastSite: null,
    turn: -1,
    revision: 1,
    journalLength: 0,
    startedAt: NOON,
    seenAt: NOON,
    endedAt: null,
    dueAt: NOON + 2 * HOUR,
    clientRequestId: null,
    state: '{"voice":"en-US-BenjaminRUS"}',
    tags: {},
    result: null,
    counted: false,
    ...changes,
  };
}

/** The next revision of a call, changed by `changes`. */
export function next(call: CallRecord, changes: Partial<CallRecord> = {}): CallRecord {
  return { ...call, revision: call.revision + 1, ...changes };
}

/** Inserts a call with what else is given; it is an error of the test when that conflicts. */
export async function insert(store: Store, changes: Partial<CallRecord> = {}, rest: Omit<Commit, 'call'> = {}): Promise<CallRecord> {
  const call = aCall(changes);
  equal(await store.commit({ call, ...rest }), 'committed', `the test's own call ${call.id} conflicts`);
  return call;
}

/** Rows of a journal from `first` on. */
export function entries(first: number, ...data: string[]): { readonly index: number; readonly data: string }[] {
  return data.map((text, offset) => ({ index: first + offset, data: text }));
}

/** A turn, answered unless `answer` is null. */
export function aTurn(turn: number, answer: string | null = `{"callflow":${turn}}`, eventId: string | null = `event-${turn}`) {
  return { turn, eventId, event: `{"vca":${turn}}`, answer, at: NOON + turn };
}

/** A webhook of the session `s` that is no turn, changed by `changes`. */
export function anInboxRow(changes: Partial<InboxRow> = {}): InboxRow {
  return { subAccountId: 'acme', sessionId: 's', kind: 'status', digest: 'd', at: NOON, data: '{"status":"RINGING"}', ...changes };
}

/** What a call adds to its counters, changed by `changes`. */
export function aCountRow(changes: Partial<CountRow> = {}): CountRow {
  return { flow: 'support', version: '1', number: '+6531589338', hour: NOON, counts: { calls: 1 }, series: [], ...changes };
}

/** A signal, changed by `changes`. */
export function aSignal(changes: Partial<SignalRow> = {}): SignalRow {
  return { number: 0, name: 'paid', key: null, digest: 'd', at: NOON, data: '{"amount":5}', ...changes };
}

/** An entry of the audit list: somebody has had a call placed. Changed by `changes`. */
export function anAuditRow(changes: Partial<AuditRow> = {}): AuditRow {
  return {
    id: `audit-${++minted}`,
    at: NOON,
    label: 'ops',
    role: 'operate',
    action: 'call.place',
    callId: 'call',
    flow: 'support',
    to: '+65••••67',
    result: 201,
    requestId: 'req-1',
    detail: null,
    ...changes,
  };
}
