import { systemClock } from '../../clock.ts';
import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { type StoredAuditRow, toAuditPage, toAuditRow } from '../audit-queries.ts';
import { checkAuditFilter, checkAuditRow } from '../check-audit.ts';
import type { CallRow } from '../call-row.ts';
import { toRecord } from '../call-row.ts';
import { checkCommit, checkPut, checkTimeline } from '../check-commit.ts';
import { mergeGroups } from '../add-counts.ts';
import { checkCountFilter } from '../check-counts.ts';
import { checkOverrides } from '../check-overrides.ts';
import { type CallTotals, type LiveCount, toTotals } from '../call-counts.ts';
import { checkCount, checkFilter } from '../check-filter.ts';
import { type StoredCount, type StoredCountGroup, toCountGroup, toCounts } from '../count-queries.ts';
import { slotOf } from '../due-slot.ts';
import { type StoredOverrideRow, toOverrides } from '../override-queries.ts';
import { changeOverrides } from './change-overrides.ts';
import {
  type CountRow,
  type LoadedRow,
  readTimelineRow,
  type StoredInboxRow,
  type StoredSignalRow,
  type StoredTurnRow,
  toInboxRow,
  toLiveCount,
  toPage,
  toSignal,
  toStoredCall,
  toTurn,
} from '../rows.ts';
import type { AuditBounds, AuditFilter, AuditPage, AuditRow, CountFilter, CountGroup, Counts } from '../store.ts';
import type { CallFilter, CallKey, CallPage, CallRecord, Commit, OverrideChange, Overrides, PutOptions } from '../store.ts';
import type { InboxRow, KeptInboxRow, SignalRow, Store, StoredCall, TimelineRow, TurnRow } from '../store.ts';
import { fromStored, toStored } from '../stored-text.ts';
import { loadSqlite } from './driver.ts';
import { isLocked, sqliteFailure } from './failure.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';
import { sqliteOptions, type SqliteStoreOptions } from './options.ts';
import { sqliteOutbound } from './outbound/sqlite-outbound.ts';
import { whileLocked } from './lock-wait.ts';
import { QUERIES } from './queries.ts';
import type { ReadStatements } from './read-statements.ts';

/** Calls that are deleted in one transaction, during which the process does nothing else. */
const PRUNE_STEP = 20;

/**
 * A store in one file, for one process: a second one that opens the file gets `StoreInUseError`. SQLite runs in the process itself and blocks it while the disk
 * works (but not while another program holds its lock), so commits that arrive together are flushed together. Throws `StoreArgumentError` for options that can't work.
 */
export function createSqliteStore(options: SqliteStoreOptions = {}): Store {
  return new SqliteStore(sqliteOptions(options));
}

class SqliteStore implements Store {
  readonly kind = 'sqlite';
  readonly shared = false;
  readonly #options: Required<SqliteStoreOptions>;
  readonly outbound = sqliteOutbound({
    read: (operation, look) => this.#read(operation, (_, { outbound }) => look(outbound)),
    write: (operation, work) => this.#write(operation, ({ outbound }) => work(outbound)),
    now: systemClock.now,
  });
  #database: OpenDatabase | null = null;
  #opening: Promise<void> | null = null;

  constructor(options: Required<SqliteStoreOptions>) {
    this.#options = options;
  }

  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    if (this.#database !== null) return;
    const driver = await loadSqlite();
    try {
      this.#database = openDatabase(driver, this.#options);
    } catch (error) {
      throw sqliteFailure('open', error);
    }
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    const database = this.#database;
    if (database === null) return;
    this.#database = null;
    await database.group.settled();
    database.close();
  }

  ping(): Promise<void> {
    if (this.#options.readOnly) return this.#read('ping', (_, { checkSchema }) => checkSchema());
    return this.#write('ping', ({ checkFile, checkSchema, writes }) => {
      checkFile();
      checkSchema();
      writes.beat();
    });
  }

  load(key: CallKey): Promise<StoredCall | null> {
    const query =
      'id' in key ? QUERIES.loadById(toStored(key.id)) : QUERIES.loadBySession(toStored(key.subAccountId), toStored(key.sessionId));
    return this.#read('load', (reads) => {
      const row = reads.one<LoadedRow>(query);
      return row === undefined ? null : toStoredCall(row);
    });
  }

  turn(callId: string, turn: number): Promise<TurnRow | null> {
    return this.#read('turn', (reads) => {
      const row = reads.one<StoredTurnRow>(QUERIES.turn(toStored(callId), turn));
      return row === undefined ? null : toTurn(row);
    });
  }

  turnOfEvent(callId: string, eventId: string): Promise<TurnRow | null> {
    return this.#read('turnOfEvent', (reads) => {
      const row = reads.one<StoredTurnRow>(QUERIES.turnOfEvent(toStored(callId), toStored(eventId)));
      return row === undefined ? null : toTurn(row);
    });
  }

  async commit(change: Commit): Promise<'committed' | 'conflict'> {
    checkCommit(change);
    return this.#write('commit', ({ writes, outbound }) => {
      const outcome = writes.commit(change);
      if (outcome === 'committed' && change.outbound !== undefined) outbound.commit(change.outbound, systemClock.now());
      return outcome;
    });
  }

  touch(callId: string, seenAt: number, dueAt: number): Promise<void> {
    return this.#write('touch', ({ writes }) => writes.touch(callId, seenAt, dueAt));
  }

  async append(callId: string, rows: readonly TimelineRow[]): Promise<void> {
    checkTimeline(callId);
    return this.#write('append', ({ writes }) => {
      if (rows.length > 0) writes.append(callId, rows);
    });
  }

  timeline(callId: string): Promise<readonly TimelineRow[]> {
    return this.#read('timeline', (reads) => reads.all<TimelineRow>(QUERIES.timeline(toStored(callId))).map(readTimelineRow));
  }

  turns(callId: string): Promise<readonly TurnRow[]> {
    return this.#read('turns', (reads) => reads.all<StoredTurnRow>(QUERIES.turns(toStored(callId))).map(toTurn));
  }

  async put(row: InboxRow, options: PutOptions): Promise<'stored' | 'present' | 'conflict'> {
    checkPut(row);
    return this.#write('put', ({ writes }) => writes.put(row, options));
  }

  inbox(subAccountId: string, sessionId: string): Promise<readonly KeptInboxRow[]> {
    return this.#read('inbox', (reads) =>
      reads.all<StoredInboxRow>(QUERIES.inbox(toStored(subAccountId), toStored(sessionId))).map(toInboxRow),
    );
  }

  signals(callId: string): Promise<readonly SignalRow[]> {
    return this.#read('signals', (reads) => reads.all<StoredSignalRow>(QUERIES.signals(toStored(callId))).map(toSignal));
  }

  signalOfKey(callId: string, key: string): Promise<SignalRow | null> {
    return this.#read('signalOfKey', (reads) => {
      const row = reads.one<StoredSignalRow>(QUERIES.signalOfKey(toStored(callId), toStored(key)));
      return row === undefined ? null : toSignal(row);
    });
  }

  due(now: number, limit: number): Promise<readonly string[]> {
    return this.#read('due', (reads) => reads.all<{ id: string }>(QUERIES.due(slotOf(now), now, limit)).map(({ id }) => fromStored(id)));
  }

  findByClientRequestId(subAccountId: string, clientRequestId: string): Promise<CallRecord | null> {
    return this.#read('findByClientRequestId', (reads) => {
      const row = reads.one<CallRow>(QUERIES.byClientRequestId(toStored(subAccountId), toStored(clientRequestId)));
      return row === undefined ? null : toRecord(row);
    });
  }

  unnumbered(subAccountId: string, from: string, to: string): Promise<readonly CallRecord[]> {
    return this.#read('unnumbered', (reads) =>
      reads.all<CallRow>(QUERIES.unnumbered(toStored(subAccountId), toStored(from), toStored(to))).map(toRecord),
    );
  }

  list(filter: CallFilter): Promise<CallPage> {
    return this.#read('list', (reads) => {
      const checked = checkFilter(filter);
      return toPage(reads.all<CallRow>(QUERIES.list(checked)), checked);
    });
  }

  countCalls(filter: CallFilter, most: number): Promise<CallTotals> {
    return this.#read('countCalls', (reads) => toTotals(reads.all<CallTotals>(QUERIES.countCalls(checkCount(filter, most)))));
  }

  liveCounts(): Promise<readonly LiveCount[]> {
    return this.#read('liveCounts', (reads) => reads.all<CountRow>(QUERIES.liveCounts()).map(toLiveCount));
  }

  async prune(endedBefore: number, limit: number): Promise<number> {
    let pruned = 0;
    for (let more = true; more && pruned < limit;) {
      const step = Math.min(PRUNE_STEP, limit - pruned);
      const count = await this.#write('prune', ({ prunes }) => prunes.calls(endedBefore, step));
      pruned += count;
      more = count === step;
    }
    await this.#write('prune', ({ prunes }) => prunes.orphans(endedBefore, limit));
    if (pruned < limit) await this.#write('prune', ({ prunes }) => prunes.inbox(endedBefore, limit));
    return pruned;
  }

  uncounted(limit: number): Promise<readonly string[]> {
    return this.#read('uncounted', (reads) => reads.all<{ id: string }>(QUERIES.counts.uncounted(limit)).map(({ id }) => fromStored(id)));
  }

  foldCounts(limit: number): Promise<number> {
    return this.#write('foldCounts', ({ writes }) => writes.counts.fold(limit));
  }

  counts(filter: CountFilter): Promise<Counts> {
    return this.#read('counts', (reads) => toCounts(reads.all<StoredCount>(QUERIES.counts.counts(checkCountFilter(filter)))));
  }

  countGroups(): Promise<readonly CountGroup[]> {
    return this.#read('countGroups', (reads) => mergeGroups(reads.all<StoredCountGroup>(QUERIES.counts.groups()).map(toCountGroup)));
  }

  async pruneCounts(before: number, limit: number): Promise<number> {
    for (let pruned = 0; ; pruned++)
      if (pruned === limit || !(await this.#write('pruneCounts', ({ writes }) => writes.counts.prune(before)))) return pruned;
  }

  overrides(): Promise<Overrides> {
    return this.#read('overrides', (reads) => toOverrides(reads.all<StoredOverrideRow>(QUERIES.overrides.all())));
  }

  async changeOverrides(changes: readonly OverrideChange[], audit: AuditRow): Promise<'changed' | 'conflict'> {
    checkOverrides(changes);
    checkAuditRow(audit);
    return this.#write('changeOverrides', ({ reads }) => changeOverrides(reads, changes, audit));
  }

  auditEntry(id: string): Promise<AuditRow | null> {
    return this.#read('auditEntry', (reads) => reads.all<StoredAuditRow>(QUERIES.audit.one(id)).map(toAuditRow)[0] ?? null);
  }

  async putAudit(row: AuditRow): Promise<void> {
    checkAuditRow(row);
    await this.#write('putAudit', ({ reads }) => reads.all(QUERIES.audit.put(row)));
  }

  listAudit(filter: AuditFilter): Promise<AuditPage> {
    return this.#read('listAudit', (reads) => {
      const checked = checkAuditFilter(filter);
      return toAuditPage(reads.all<StoredAuditRow>(QUERIES.audit.list(checked)), checked);
    });
  }

  async pruneAudit(bounds: AuditBounds, limit: number): Promise<number> {
    let pruned = 0;
    for (const query of QUERIES.audit.prune(bounds))
      if (pruned < limit) pruned += await this.#write('pruneAudit', ({ reads }) => reads.all(query(limit - pruned)).length);
    return pruned;
  }

  async #read<T>(operation: string, read: (reads: ReadStatements, database: OpenDatabase) => T): Promise<T> {
    const database = this.#opened(operation);
    try {
      return await whileLocked(() => read(database.reads, database), isLocked, database.lockWait);
    } catch (error) {
      throw sqliteFailure(operation, error);
    }
  }

  async #write<T>(operation: string, work: (database: OpenDatabase) => T): Promise<T> {
    const database = this.#opened(operation);
    return database.group.write(operation, () => work(database));
  }

  #opened(operation: string): OpenDatabase {
    if (this.#database === null)
      throw new StoreUnavailableError({ store: 'sqlite', operation, reason: 'closed', outcome: 'unchanged', detail: null });
    return this.#database;
  }
}
