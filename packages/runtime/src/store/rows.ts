import { type CallRow, toRecord } from './call-row.ts';
import { type CheckedFilter, writeCursor } from './check-filter.ts';
import type { LiveCount } from './call-counts.ts';
import type { CallPage, KeptInboxRow, SignalRow, StoredCall, TimelineRow, TurnRow } from './store.ts';
import { fromStored, fromStoredOrNull, splitStored } from './stored-text.ts';

/** A call with its journal as one text. */
export interface LoadedRow extends CallRow {
  readonly journal: string | null;
}

/** A call and its journal. */
export function toStoredCall(row: LoadedRow): StoredCall {
  return { call: toRecord(row), journal: splitStored(row.journal).map((data, index) => ({ index, data })) };
}

/** A row of `turns`. */
export interface StoredTurnRow {
  readonly turn: number;
  readonly event_id: string | null;
  readonly event: string;
  readonly answer: string | null;
  readonly at: number;
}

/** A turn as it was committed. */
export function toTurn({ turn, event_id, event, answer, at }: StoredTurnRow): TurnRow {
  return { turn, eventId: fromStoredOrNull(event_id), event: fromStored(event), answer: fromStoredOrNull(answer), at };
}

/** A row of `timeline`, as it was added. */
export function readTimelineRow({ at, kind, data }: TimelineRow): TimelineRow {
  return { at, kind: fromStored(kind), data: fromStored(data) };
}

/** A row of `inbox`; `pending` is 0 or 1. */
export interface StoredInboxRow {
  readonly sub_account_id: string;
  readonly session_id: string;
  readonly kind: string;
  readonly digest: string;
  readonly at: number;
  readonly data: string;
  readonly pending: number;
}

/** A row of the inbox, as it was put. */
export function toInboxRow(row: StoredInboxRow): KeptInboxRow {
  return {
    subAccountId: fromStored(row.sub_account_id),
    sessionId: fromStored(row.session_id),
    kind: fromStored(row.kind),
    digest: fromStored(row.digest),
    at: row.at,
    data: fromStored(row.data),
    pending: row.pending !== 0,
  };
}

/** A row of `signals`. */
export type StoredSignalRow = SignalRow;

/** A signal as it was committed. */
export function toSignal({ number, name, key, digest, at, data }: StoredSignalRow): SignalRow {
  return { number, name: fromStored(name), key: fromStoredOrNull(key), digest: fromStored(digest), at, data: fromStoredOrNull(data) };
}

/** A row of the counts of live calls. */
export interface CountRow {
  readonly flow: string;
  readonly flow_version: string;
  readonly site: string;
  readonly count: number;
}

/** How many calls are at one site. */
export function toLiveCount({ flow, flow_version, site, count }: CountRow): LiveCount {
  return { flow: fromStored(flow), flowVersion: fromStored(flow_version), site: fromStored(site), count };
}

/** A page from the rows of `readQueries().list`, of which there is one more than the page holds where the page is not the last. */
export function toPage(rows: readonly CallRow[], { limit }: CheckedFilter): CallPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const cursor = last === undefined || rows.length <= limit ? null : writeCursor({ startedAt: last.started_at, number: last.number });
  return { calls: page.map(toRecord), cursor };
}
