/**
 * What the server keeps, and the one interface of all stores: its docstrings are the contract, contract/ is the same as tests, docs/stores.md is for those who write one.
 * A store knows nothing of flows: it keeps records, rows and texts, and never reads or changes what is in `state` and `data`.
 * Invariants: `commit` is the only way in which a call changes (`touch`, and a `put` that is `seen`, move two times), as a whole or not at all; a revision is taken once, and whoever loses a race is
 * told so and loads anew; sessions and client request ids are unique per subaccount; a stored answer is never replaced but to erase it; a pending inbox row and the commit
 * that gives its session a call never miss each other; what resolved is kept, and whatever is unsure rejects and says so.
 */

import type { OverrideChange, OverrideRow, Overrides } from './override-row.ts';
import type { OperatorStore } from './operator-store.ts';
import type { CallTotals, LiveCount } from './call-counts.ts';
import type { AuditBounds, AuditFilter, AuditPage, AuditRow } from './audit-row.ts';
import type { SignalRow } from './signal-row.ts';
import type { CountFilter, CountGroup, CountRow, Counts } from './count-row.ts';
import type { OutboundChange, OutboundStore } from './outbound/outbound-store.ts';

export type { AuditBounds, AuditFilter, AuditPage, AuditRow, CountFilter, CountGroup, CountRow, Counts, SignalRow };
export type { OperatorStore, OverrideChange, OverrideRow, Overrides };

/**
 * Where a call stands. `pending` and `unknown`: an outbound call that is being posted, or whose post has an unknown outcome; `cancelled`: one that was never placed,
 * because its flow had nothing to say.
 */
export type CallStatus = 'pending' | 'unknown' | 'live' | 'ending' | 'ended' | 'failed' | 'cancelled';

/** One call. All times are milliseconds since 1970, UTC. Ids, its own and others', have at most 256 characters. */
export interface CallRecord {
  /** Our own id, the key everywhere. */
  readonly id: string;
  readonly subAccountId: string;
  /** 8x8's session id; unique per subaccount; null until an outbound call is numbered. */
  readonly sessionId: string | null;
  readonly flow: string;
  readonly flowVersion: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string | null;
  readonly to: string;
  readonly status: CallStatus;
  /** Where the flow stands: a site, `ended`, `failed`, `closed`. */
  readonly site: string;
  /** Where a call that is over waited for its caller last; null while it stands at a site, and where nobody knows. */
  readonly lastSite: string | null;
  /** Number of the last callflow that was answered, from 0; -1 before the first. */
  readonly turn: number;
  /** Grows by one with each commit: what `commit` compares. */
  readonly revision: number;
  /** Entries in the journal. */
  readonly journalLength: number;
  readonly startedAt: number;
  /** Time of the last webhook of the session. */
  readonly seenAt: number;
  readonly endedAt: number | null;
  /** When the sweeper looks at the call next: end of its lease, of the time that it may stand idle, or at once; null when nothing is due. */
  readonly dueAt: number | null;
  /** The caller of `POST /calls` names a request by it; unique per subaccount. */
  readonly clientRequestId: string | null;
  /** The rest of the session's state, JSON; opaque to the store. */
  readonly state: string;
  /** What the flow has noted on the call: finite numbers, and texts of at most 256 characters, by names of at most 64. */
  readonly tags: Readonly<Record<string, string | number>>;
  /** What the flow has returned, JSON; opaque to the store. Null for nothing. */
  readonly result: string | null;
  /** Its `counts` were committed: a call is counted once. */
  readonly counted: boolean;
}

/** One answer in a call's journal. `data` is opaque to the store (JSON, or encrypted). */
export interface JournalRow {
  /** From 0, without gaps. */
  readonly index: number;
  readonly data: string;
}

/** One turn: the event that asked for callflow `turn`, and that callflow. */
export interface TurnRow {
  /** From 0. */
  readonly turn: number;
  /** `eventId` of the webhook, where it had one. */
  readonly eventId: string | null;
  /** The webhook, masked. */
  readonly event: string;
  /** The bytes that were answered; null while the answer is being worked on. */
  readonly answer: string | null;
  readonly at: number;
}

/** What happened besides turns and journal: status webhooks, recordings, holds, logs, faults. */
export interface TimelineRow {
  readonly at: number;
  readonly kind: string;
  /** JSON; opaque to the store. */
  readonly data: string;
}

/** A webhook that is no turn: kept once per session, kind and digest, whether its session is a call of ours or not. */
export interface InboxRow {
  /** At most 256 characters, as `sessionId` and `digest`. */
  readonly subAccountId: string;
  readonly sessionId: string;
  /** At most 64 characters. */
  readonly kind: string;
  /** Two webhooks of one session and kind are the same where their digests are. */
  readonly digest: string;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** JSON; opaque to the store. */
  readonly data: string;
}

/** A row of the inbox, and whether it still waits for a call that takes it. */
export interface KeptInboxRow extends InboxRow {
  readonly pending: boolean;
}

/** How a webhook is kept. */
export interface PutOptions {
  /** Whether it waits for a call that takes it. */
  readonly pending: boolean;
  /** Notes on the call that it came, as `touch` does, in the same change; only where the row is new. */
  readonly seen?: { readonly callId: string; readonly seenAt: number; readonly dueAt: number };
}

/** All that a turn needs of a call. */
export interface StoredCall {
  readonly call: CallRecord;
  /** The whole journal, oldest first. */
  readonly journal: readonly JournalRow[];
}

/** One atomic change of one call. Everything in it happens, or nothing. */
export interface Commit {
  /** The record as it is to be; its `revision` must be one more than the stored one, or 1 to insert the call. */
  readonly call: CallRecord;
  /** Appended to the journal: numbered without gaps, so that `call.journalLength` is its length afterwards. */
  readonly journal?: readonly JournalRow[];
  /** Inserted, or replaced where the turn has no answer yet: a stored answer is never replaced. */
  readonly turn?: TurnRow;
  readonly timeline?: readonly TimelineRow[];
  /** Names of those in `call.tags` that the change sets; of an insert all of them. Calls are found by them from then on. */
  readonly tags?: readonly string[];
  /** What the call is counted by, once it is over; `call.counted` is true then. It stays when the call is pruned. */
  readonly counts?: CountRow;
  /** Inserted, or replaced where the call has one of that number. */
  readonly signals?: readonly SignalRow[];
  /** Rows that are there already are replaced in place, answers too, to erase what is sensitive once a session has ended. */
  readonly rewrite?: { readonly journal: readonly JournalRow[]; readonly turns: readonly TurnRow[] };
  /**
   * The pending inbox rows of the call's session that the change has taken into account, [] for none; given by the commit that gives the call its session (an insert with
   * one, or the first change with one). `conflict` where others are pending. They stay as rows, and are pending no longer. Without `takes` nobody looks.
   */
  readonly takes?: readonly { readonly kind: string; readonly digest: string }[];
  /** What changes of campaigns with the call: only where the store keeps them. */
  readonly outbound?: OutboundChange;
  /** The revision of the overrides that the change relies on. `conflict` where they have another one by now. Without it nobody looks. */
  readonly overrides?: number;
}

/**
 * A condition on a tag. A tag that is a number is compared as one, with the number that `value` is; a text by `=` and `!=` alone. A call without the tag meets none,
 * not even `!=`.
 */
export interface TagFilter {
  readonly name: string;
  readonly compare: '=' | '!=' | '<' | '<=' | '>' | '>=';
  /** As it is written; a number for `<`, `<=`, `>` and `>=`. */
  readonly value: string;
}

/** Which calls are listed, newest first. */
export interface CallFilter {
  readonly flow?: string;
  /** Where calls stand, or, once they are over, waited last. */
  readonly site?: string;
  readonly status?: readonly CallStatus[];
  /** Digits that `from` or `to` contain; what is no digit is passed over. */
  readonly number?: string;
  /** `number` is a whole one: a part of it finds nothing. @default false */
  readonly wholeNumber?: boolean;
  /** This moment included. */
  readonly startedAfter?: number;
  /** This moment left out. */
  readonly startedBefore?: number;
  /** All of them hold; at most 10. */
  readonly tags?: readonly TagFilter[];
  /** 1..500. @default 50 */
  readonly limit?: number;
  /** From the page before. */
  readonly cursor?: string;
}

/** A page of calls. Calls that begin meanwhile don't shift the pages after it. */
export interface CallPage {
  readonly calls: readonly CallRecord[];
  /** For the next page; null on the last. */
  readonly cursor: string | null;
}

/** How a call is found: by our id, or by the platform's. */
export type CallKey = { readonly id: string } | { readonly subAccountId: string; readonly sessionId: string };

/**
 * Keeps calls. Texts are any well-formed Unicode, U+0000 included. Every method may reject with `StoreUnavailableError`, whose `outcome` tells whether nothing has
 * changed or nobody knows; what resolved is kept, and seen by every later read. The same commit again is safe: it conflicts if it had happened.
 */
export interface Store extends OperatorStore {
  /** A name for people, e.g. `sqlite` or `redis`. */
  readonly kind: string;
  /** Whether several processes may use it at once. */
  readonly shared: boolean;
  /** Outbound campaigns, where the store keeps them. */
  readonly outbound?: OutboundStore;
  /**
   * Connects and migrates (under a lock). Safe to call twice, and again when it has failed. Rejects with `StoreUnavailableError`; `StoreInUseError` when another
   * process holds a store of one process; `StoreSchemaError` for a database of a later release that this one can't serve; `StoreDriverError` without its package.
   */
  open(): Promise<void>;
  /** Finishes what is under way and disconnects; later operations reject. Safe to call twice. */
  close(): Promise<void>;
  /** Resolves when the store can be read and written and is migrated; rejects with `StoreUnavailableError` or `StoreSchemaError`. */
  ping(): Promise<void>;

  /** The call and its journal, or null. */
  load(key: CallKey): Promise<StoredCall | null>;
  /** A turn, or null. */
  turn(callId: string, turn: number): Promise<TurnRow | null>;
  /** The turn that a webhook's `eventId` asked for, or null; the last one where there are several. */
  turnOfEvent(callId: string, eventId: string): Promise<TurnRow | null>;
  /**
   * Makes one atomic change. `conflict`: nothing was changed, because the stored revision is not the expected one, the call exists already (insert), the session
   * or the client request id is taken, the journal is not as long as the rows' numbers say, the turn has an answer already, or other inbox rows are pending than the
   * change `takes`. Rejects with `StoreArgumentError` for a change that contradicts itself.
   */
  commit(change: Commit): Promise<'committed' | 'conflict'>;
  /**
   * Notes that a webhook came at `seenAt`, without a new revision. `seenAt` only moves later, too. `dueAt` only moves later, and only where one is set that is not
   * before `seenAt`: what is overdue stays so, and a call for which nothing is due stays out of the sweeper's sight. Nothing happens for an unknown call.
   */
  touch(callId: string, seenAt: number, dueAt: number): Promise<void>;

  /** Adds to a timeline; the call need not exist (webhooks of unknown sessions are kept under `session:<subAccountId>/<sessionId>`). */
  append(callId: string, rows: readonly TimelineRow[]): Promise<void>;
  /** In the order in which the rows were added. */
  timeline(callId: string): Promise<readonly TimelineRow[]>;
  /** All turns of a call, first to last. */
  turns(callId: string): Promise<readonly TurnRow[]>;

  /**
   * Keeps a webhook. `present`: the session has a row of this kind and digest already, and nothing changes. A `pending` one waits for a call that takes it, and the answer
   * is `conflict`, with nothing kept, where the session is a call by now: whoever asks looks the call up again. A pending row and the commit that gives its session a call
   * (with `takes`) never miss each other: one of them conflicts. Rejects with `StoreArgumentError` for keys that are too long.
   */
  put(row: InboxRow, options: PutOptions): Promise<'stored' | 'present' | 'conflict'>;
  /** All inbox rows of a session, in the order in which they were added. */
  inbox(subAccountId: string, sessionId: string): Promise<readonly KeptInboxRow[]>;
  /** The signals of a call that have data, by their numbers. */
  signals(callId: string): Promise<readonly SignalRow[]>;
  /** The signal of a call that was sent with this key, or null; the first one where there are several. */
  signalOfKey(callId: string, key: string): Promise<SignalRow | null>;
  /** Ids of calls whose `dueAt` is not after `now`, most overdue first. */
  due(now: number, limit: number): Promise<readonly string[]>;
  /** The call that was placed with this client request id, or null. */
  findByClientRequestId(subAccountId: string, clientRequestId: string): Promise<CallRecord | null>;
  /** Outbound calls that are `pending` or `unknown` and have no session yet, oldest first. Numbers are compared without `+`. */
  unnumbered(subAccountId: string, from: string, to: string): Promise<readonly CallRecord[]>;
  /**
   * Newest first; calls that began at the same moment, last inserted first. Rejects with `StoreArgumentError` for a limit out of range, a foreign cursor, or conditions on
   * tags that none could meet.
   */
  list(filter: CallFilter): Promise<CallPage>;
  /** How many calls `list` would find on all its pages; of more than `most` (1..100000), the newest. */
  countCalls(filter: Omit<CallFilter, 'limit' | 'cursor'>, most: number): Promise<CallTotals>;
  /** Counts calls that are `live` or `ending`. */
  liveCounts(): Promise<readonly LiveCount[]>;
  /**
   * Deletes up to `limit` calls that ended before `endedBefore`, oldest first, with all their rows; says how many. Then as many orphaned timelines of that age, and inbox
   * rows of that age whose session is no call, which wait while there are more calls than `limit`.
   */
  prune(endedBefore: number, limit: number): Promise<number>;

  /** Ids of calls that have ended and are not counted, the longest ended first. */
  uncounted(limit: number): Promise<readonly string[]>;
  /**
   * Adds the counts of up to `limit` calls to the counters; says how many. Each is added once, whoever folds and whatever fails: a row goes and its numbers come in one change.
   * A store of several processes may answer 0 while another one folds.
   */
  foldCounts(limit: number): Promise<number>;
  /** Counters, with the counts of calls that are not folded yet, as of one moment. Rejects with `StoreArgumentError` for times that are no beginnings of hours. */
  counts(filter: CountFilter): Promise<Counts>;
  /** What of there are counters, or counts that are not folded yet; in any order. */
  countGroups(): Promise<readonly CountGroup[]>;
  /** Deletes the counters of whole days (UTC) before a time: at most `limit` days of groups, oldest first. Says how many; 0 when none is left. */
  pruneCounts(before: number, limit: number): Promise<number>;
}
