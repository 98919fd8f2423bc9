import { systemClock } from '../../clock.ts';
import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { checkCommit, checkPut, checkTimeline, KEYS } from '../check-commit.ts';
import type { CallTotals, LiveCount } from '../call-counts.ts';
import { checkCount, checkFilter } from '../check-filter.ts';
import { MAX_KEY } from '../max-key.ts';
import { Counts } from './counts.ts';
import { Inbox } from './inbox.ts';
import { OperatorTables } from './operator-tables.ts';
import { dueIds, endedFirst, listPage, liveCounts, totalsOf, uncountedIds, unnumberedBetween } from './look-ups.ts';
import { MemoryOutbound } from './outbound/outbound.ts';
import { type Kept, signalsOf } from './kept.ts';
import type { CountFilter, CountGroup, Counts as ReadCounts } from '../count-row.ts';
import type {
  CallFilter,
  CallKey,
  CallPage,
  CallRecord,
  Commit,
  InboxRow,
  KeptInboxRow,
  PutOptions,
  SignalRow,
  Store,
  StoredCall,
  TimelineRow,
  TurnRow,
} from '../store.ts';

/** A store that forgets everything with its process: for development, tests and trying out. */
export function createMemoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore extends OperatorTables implements Store {
  readonly kind = 'memory';
  readonly shared = false;
  readonly #calls = new Map<string, Kept>();
  /** Ids by what is unique beside them. */
  readonly #sessions = new Map<string, string>();
  readonly #requests = new Map<string, string>();
  readonly #timelines = new Map<string, TimelineRow[]>();
  readonly #inbox = new Inbox();
  readonly #counts = new Counts();
  readonly #outbound = new MemoryOutbound(systemClock.now);
  readonly outbound = this.#outbound.store((operation) => this.demandOpen(operation));
  #isOpen = false;
  #inserted = 0;

  async open(): Promise<void> {
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  async ping(): Promise<void> {
    this.demandOpen('ping');
  }

  async load(key: CallKey): Promise<StoredCall | null> {
    this.demandOpen('load');
    const id = 'id' in key ? key.id : this.#sessions.get(pair(key.subAccountId, key.sessionId));
    const kept = id === undefined ? undefined : this.#calls.get(id);
    return kept === undefined ? null : { call: kept.call, journal: [...kept.journal] };
  }

  async turn(callId: string, turn: number): Promise<TurnRow | null> {
    this.demandOpen('turn');
    return this.#calls.get(callId)?.turns.get(turn) ?? null;
  }

  async turnOfEvent(callId: string, eventId: string): Promise<TurnRow | null> {
    this.demandOpen('turnOfEvent');
    return this.#turnsOf(callId).findLast((row) => row.eventId === eventId) ?? null;
  }

  async commit(change: Commit): Promise<'committed' | 'conflict'> {
    this.demandOpen('commit');
    const kept = this.#calls.get(change.call.id);
    const { rewrite, tags, counts, outbound, signals } = change;
    const isUnusual = [rewrite, tags, counts, outbound, signals].some((part) => part !== undefined);
    if (isUnusual || !this.#fits(change, kept)) {
      // What does not fit may contradict itself.
      checkCommit(change);
      if (!this.#fits(change, kept)) return 'conflict';
    }
    this.#write(change, kept ?? { number: ++this.#inserted, call: change.call, journal: [], turns: new Map(), signals: new Map() });
    return 'committed';
  }

  #fits({ call, journal = [], turn, takes, overrides = this.kept.revision }: Commit, kept: Kept | undefined): boolean {
    if (overrides !== this.kept.revision) return false;
    if (kept === undefined ? call.revision !== 1 : call.revision !== kept.call.revision + 1) return false;
    const first = call.journalLength - journal.length;
    if (first !== (kept?.journal.length ?? 0) || journal.some((row, n) => row.index !== first + n)) return false;
    if (KEYS.some((key) => (call[key]?.length ?? 0) > MAX_KEY)) return false;
    if (turn !== undefined && typeof kept?.turns.get(turn.turn)?.answer === 'string') return false;
    if (takes !== undefined && !this.#hasPending(call, takes)) return false;
    const others = [
      call.sessionId !== null && this.#sessions.get(pair(call.subAccountId, call.sessionId)),
      call.clientRequestId !== null && this.#requests.get(pair(call.subAccountId, call.clientRequestId)),
    ];
    return others.every((id) => id === false || id === undefined || id === call.id);
  }

  #hasPending({ subAccountId, sessionId }: CallRecord, takes: NonNullable<Commit['takes']>): boolean {
    if (sessionId === null) return false;
    const isNothing = this.#inbox.rows.size === 0 && takes.length === 0;
    return isNothing || this.#inbox.hasPending(pair(subAccountId, sessionId), takes);
  }

  #write({ call, journal = [], turn, timeline = [], rewrite, takes, counts, outbound, signals = [] }: Commit, kept: Kept): void {
    this.#unlink(kept.call);
    kept.call = { ...call, tags: { ...call.tags } };
    this.#calls.set(call.id, kept);
    if (call.sessionId !== null) this.#sessions.set(pair(call.subAccountId, call.sessionId), call.id);
    if (call.clientRequestId !== null) this.#requests.set(pair(call.subAccountId, call.clientRequestId), call.id);
    if (takes !== undefined && call.sessionId !== null && this.#inbox.rows.size > 0)
      this.#inbox.take(pair(call.subAccountId, call.sessionId));
    for (const row of journal) kept.journal.push({ ...row });
    if (turn !== undefined) kept.turns.set(turn.turn, { ...turn });
    for (const row of signals) kept.signals.set(row.number, { ...row });
    this.#addToTimeline(call.id, timeline);
    if (counts !== undefined) this.#counts.add(counts);
    if (outbound !== undefined) this.#outbound.commit(outbound);
    for (const row of rewrite?.journal ?? []) if (row.index in kept.journal) kept.journal[row.index] = { ...row };
    for (const row of rewrite?.turns ?? []) if (kept.turns.has(row.turn)) kept.turns.set(row.turn, { ...row });
  }

  async touch(callId: string, seenAt: number, dueAt: number): Promise<void> {
    this.demandOpen('touch');
    this.#note(callId, seenAt, dueAt);
  }

  #note(callId: string, seenAt: number, dueAt: number): void {
    const kept = this.#calls.get(callId);
    if (kept === undefined) return;
    const { call } = kept;
    const moves = call.dueAt !== null && call.dueAt >= seenAt && dueAt > call.dueAt;
    kept.call = { ...call, seenAt: Math.max(call.seenAt, seenAt), dueAt: moves ? dueAt : call.dueAt };
  }

  async append(callId: string, rows: readonly TimelineRow[]): Promise<void> {
    this.demandOpen('append');
    checkTimeline(callId);
    this.#addToTimeline(callId, rows);
  }

  async timeline(callId: string): Promise<readonly TimelineRow[]> {
    this.demandOpen('timeline');
    return [...(this.#timelines.get(callId) ?? [])];
  }

  async turns(callId: string): Promise<readonly TurnRow[]> {
    this.demandOpen('turns');
    return this.#turnsOf(callId);
  }

  async put(row: InboxRow, { pending, seen }: PutOptions): Promise<'stored' | 'present' | 'conflict'> {
    this.demandOpen('put');
    checkPut(row);
    const session = pair(row.subAccountId, row.sessionId);
    if (this.#inbox.has(session, row)) return 'present';
    if (pending && this.#sessions.has(session)) return 'conflict';
    this.#inbox.add(session, row, pending);
    if (seen !== undefined) this.#note(seen.callId, seen.seenAt, seen.dueAt);
    return 'stored';
  }

  async inbox(subAccountId: string, sessionId: string): Promise<readonly KeptInboxRow[]> {
    this.demandOpen('inbox');
    return this.#inbox.of(pair(subAccountId, sessionId));
  }

  async signals(callId: string): Promise<readonly SignalRow[]> {
    this.demandOpen('signals');
    return signalsOf(this.#calls.get(callId)).filter(({ data }) => data !== null);
  }

  async signalOfKey(callId: string, key: string): Promise<SignalRow | null> {
    this.demandOpen('signalOfKey');
    return signalsOf(this.#calls.get(callId)).find((row) => row.key === key) ?? null;
  }

  async due(now: number, limit: number): Promise<readonly string[]> {
    this.demandOpen('due');
    return dueIds(this.#calls.values(), now, limit);
  }

  async findByClientRequestId(subAccountId: string, clientRequestId: string): Promise<CallRecord | null> {
    this.demandOpen('findByClientRequestId');
    const id = this.#requests.get(pair(subAccountId, clientRequestId));
    return (id === undefined ? undefined : this.#calls.get(id)?.call) ?? null;
  }

  async unnumbered(subAccountId: string, from: string, to: string): Promise<readonly CallRecord[]> {
    this.demandOpen('unnumbered');
    return unnumberedBetween(this.#calls.values(), subAccountId, from, to);
  }

  async list(filter: CallFilter): Promise<CallPage> {
    this.demandOpen('list');
    return listPage(this.#calls.values(), checkFilter(filter));
  }

  async countCalls(filter: CallFilter, most: number): Promise<CallTotals> {
    this.demandOpen('countCalls');
    return totalsOf(this.#calls.values(), checkCount(filter, most));
  }

  async liveCounts(): Promise<readonly LiveCount[]> {
    this.demandOpen('liveCounts');
    return liveCounts(this.#calls.values());
  }

  async prune(endedBefore: number, limit: number): Promise<number> {
    this.demandOpen('prune');
    const oldest = endedFirst(this.#calls.values(), endedBefore, limit);
    for (const call of oldest) {
      this.#unlink(call);
      this.#calls.delete(call.id);
      this.#timelines.delete(call.id);
      if (call.sessionId !== null) this.#inbox.delete(pair(call.subAccountId, call.sessionId));
    }
    if (oldest.length < limit) this.#inbox.prune(endedBefore, limit, (session) => !this.#sessions.has(session));
    const isOrphan = ([id, rows]: [string, TimelineRow[]]): boolean => !this.#calls.has(id) && rows.every(({ at }) => at < endedBefore);
    const orphans = [...this.#timelines].filter(isOrphan).slice(0, limit);
    for (const [id] of orphans) this.#timelines.delete(id);
    return oldest.length;
  }

  async uncounted(limit: number): Promise<readonly string[]> {
    this.demandOpen('uncounted');
    return uncountedIds(this.#calls.values(), limit);
  }

  async foldCounts(limit: number): Promise<number> {
    this.demandOpen('foldCounts');
    return this.#counts.fold(limit);
  }

  async counts(filter: CountFilter): Promise<ReadCounts> {
    this.demandOpen('counts');
    return this.#counts.read(filter);
  }

  async countGroups(): Promise<readonly CountGroup[]> {
    this.demandOpen('countGroups');
    return this.#counts.groups();
  }

  async pruneCounts(before: number, limit: number): Promise<number> {
    this.demandOpen('pruneCounts');
    return this.#counts.prune(before, limit);
  }

  protected demandOpen(operation: string): void {
    if (!this.#isOpen)
      throw new StoreUnavailableError({ store: 'memory', operation, reason: 'closed', outcome: 'unchanged', detail: null });
  }

  #turnsOf(callId: string): TurnRow[] {
    return [...(this.#calls.get(callId)?.turns.values() ?? [])].sort((a, b) => a.turn - b.turn);
  }

  #unlink({ subAccountId, sessionId, clientRequestId }: CallRecord): void {
    if (sessionId !== null) this.#sessions.delete(pair(subAccountId, sessionId));
    if (clientRequestId !== null) this.#requests.delete(pair(subAccountId, clientRequestId));
  }

  #addToTimeline(callId: string, rows: readonly TimelineRow[]): void {
    if (rows.length === 0) return;
    const timeline = this.#timelines.get(callId) ?? [];
    this.#timelines.set(callId, timeline);
    for (const row of rows) timeline.push({ ...row });
  }
}

/** The length in front tells `a/b` and `c` from `a` and `b/c`, whatever stands between them. */
function pair(subAccountId: string, key: string): string {
  return `${subAccountId.length}/${subAccountId}/${key}`;
}
