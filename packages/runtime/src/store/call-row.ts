import { fromStored, fromStoredOrNull, toStored, toStoredOrNull } from './stored-text.ts';
import { slotOf } from './due-slot.ts';
import type { CallRecord, CallStatus } from './store.ts';

/** A row of `calls` as both databases give it; texts as `toStored` left them. */
export interface CallRow {
  readonly number: number;
  readonly id: string;
  readonly sub_account_id: string;
  readonly session_id: string | null;
  readonly flow: string;
  readonly flow_version: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from_number: string | null;
  readonly to_number: string;
  readonly status: CallStatus;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly client_request_id: string | null;
  readonly due_slot: number | null;
  readonly site: string;
  readonly last_site: string | null;
  readonly turn: number;
  readonly revision: number;
  readonly journal_length: number;
  readonly seen_at: number;
  readonly due_at: number | null;
  readonly state: string;
  readonly tags: string | null;
  readonly result: string | null;
  readonly counted: number;
}

/** Columns that stay as they are from turn to turn, mostly. All indexes are made of these, so that a turn that leaves them alone touches none. */
export const STEADY_COLUMNS = [
  'sub_account_id',
  'session_id',
  'flow',
  'flow_version',
  'direction',
  'from_number',
  'to_number',
  'status',
  'started_at',
  'ended_at',
  'client_request_id',
  'due_slot',
  'counted',
] as const;

/** Columns that change with each turn. */
export const MOVING_COLUMNS = [
  'site',
  'last_site',
  'turn',
  'revision',
  'journal_length',
  'seen_at',
  'due_at',
  'state',
  'tags',
  'result',
] as const;

/** All columns but the store's own number. */
export const CALL_COLUMNS = ['id', ...STEADY_COLUMNS, ...MOVING_COLUMNS] as const;

/** What a column may hold. */
export type Value = string | number | null;

/** SQL in the words that SQLite and Postgres share. Each parameter, `$1` and on, stands in the text once and in order, so that `?` can replace it. */
export interface Query {
  readonly text: string;
  readonly values: readonly Value[];
}

/** Values in the order of `STEADY_COLUMNS`. */
export function steadyValues(call: CallRecord): Value[] {
  return [
    toStored(call.subAccountId),
    toStoredOrNull(call.sessionId),
    toStored(call.flow),
    toStored(call.flowVersion),
    call.direction,
    toStoredOrNull(call.from),
    toStored(call.to),
    call.status,
    call.startedAt,
    call.endedAt,
    toStoredOrNull(call.clientRequestId),
    slotOf(call.dueAt),
    call.counted ? 1 : 0,
  ];
}

/** Values in the order of `MOVING_COLUMNS`. */
export function movingValues(call: CallRecord): Value[] {
  return [
    toStored(call.site),
    toStoredOrNull(call.lastSite),
    call.turn,
    call.revision,
    call.journalLength,
    call.seenAt,
    call.dueAt,
    toStored(call.state),
    Object.keys(call.tags).length === 0 ? null : toStored(JSON.stringify(call.tags)),
    toStoredOrNull(call.result),
  ];
}

/** A tag as the columns `text` and `number` hold it. */
export function tagValues(value: string | number | undefined): [text: Value, number: Value] {
  return typeof value === 'number' ? [null, value] : [toStoredOrNull(value ?? null), null];
}

/** The record that a row holds. */
export function toRecord(row: CallRow): CallRecord {
  return {
    id: fromStored(row.id),
    subAccountId: fromStored(row.sub_account_id),
    sessionId: fromStoredOrNull(row.session_id),
    flow: fromStored(row.flow),
    flowVersion: fromStored(row.flow_version),
    direction: row.direction,
    from: fromStoredOrNull(row.from_number),
    to: fromStored(row.to_number),
    status: row.status,
    site: fromStored(row.site),
    lastSite: fromStoredOrNull(row.last_site),
    turn: row.turn,
    revision: row.revision,
    journalLength: row.journal_length,
    startedAt: row.started_at,
    seenAt: row.seen_at,
    endedAt: row.ended_at,
    dueAt: row.due_at,
    clientRequestId: fromStoredOrNull(row.client_request_id),
    state: fromStored(row.state),
    tags: row.tags === null ? {} : (JSON.parse(fromStored(row.tags)) as CallRecord['tags']),
    result: fromStoredOrNull(row.result),
    counted: row.counted !== 0,
  };
}
