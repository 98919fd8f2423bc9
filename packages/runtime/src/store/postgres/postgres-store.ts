import { type Clock, systemClock } from '../../clock.ts';
import { StoreSchemaError } from '../../errors/store-schema-error.ts';
import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { type CallRow, type Query, toRecord } from '../call-row.ts';
import { checkCommit, checkPut, checkTimeline } from '../check-commit.ts';
import { mergeGroups } from '../add-counts.ts';
import { checkCountFilter } from '../check-counts.ts';
import { type CallTotals, type LiveCount, toTotals } from '../call-counts.ts';
import { checkCount, checkFilter } from '../check-filter.ts';
import { countQueries, type StoredCount, type StoredCountGroup, toCountGroup, toCounts } from '../count-queries.ts';
import { slotOf } from '../due-slot.ts';
import { KNOWN_SCHEMA, type SchemaState } from '../migrations/index.ts';
import { readQueries } from '../read-queries.ts';
import { type CountRow, type StoredSignalRow, type StoredTurnRow, toLiveCount, toPage, toSignal, toTurn } from '../rows.ts';
import type { OutboundStore } from '../outbound/outbound-store.ts';
import type { CountFilter, CountGroup, Counts } from '../count-row.ts';
import type { CallFilter, CallKey, CallPage, CallRecord, Commit, PutOptions, Store, StoredCall } from '../store.ts';
import type { InboxRow, KeptInboxRow, SignalRow, TimelineRow, TurnRow } from '../store.ts';
import { fromStored, toStored } from '../stored-text.ts';
import { appends } from './appends.ts';
import { commits } from './commits.ts';
import { closed, PostgresConnections } from './connections.ts';
import { createPool } from './driver.ts';
import { sqlState } from './failure.ts';
import { type CountWork, foldPostgres, pruneCounts } from './fold-counts.ts';
import { inboxes } from './inboxes.ts';
import { loads } from './loads.ts';
import { demandState, migratePostgres, schemaStateQuery } from './migrate.ts';
import { postgresOutbound } from './outbound/postgres-outbound.ts';
import { type CheckedPostgresOptions, postgresOptions, type PostgresStoreOptions } from './options.ts';
import { PostgresOperators } from './operators.ts';
import { prunePostgres } from './prune.ts';
import { puts } from './puts.ts';
import { timelines } from './timelines.ts';
import { touches } from './touches.ts';

/** The table, or its schema, is not there. */
const MISSING = ['42P01', '3F000'];
/** How much later than an operation, in ms, the pool gives up waiting for a connection: the operation knows why there was none, the pool does not. */
const MOMENT = 50;

/**
 * A store that several servers share. Needs the package `pg`, loaded when the store is opened. Works behind a transaction pooler: a commit is one statement, nothing
 * is kept in a session, nothing listens. A server that restarts or is slow makes operations reject in time; the connections come back by themselves.
 * Throws `StoreArgumentError` for options that can't work.
 */
export function createPostgresStore(options: PostgresStoreOptions): Store {
  return createPostgresStoreIn(systemClock, options);
}

/** The same by another clock than the machine's. */
export function createPostgresStoreIn(clock: Clock, options: PostgresStoreOptions): Store {
  return new PostgresStore(clock, postgresOptions(options));
}

/** Connections for looks at the store (`ping`, `liveCounts`), which must not keep a caller waiting for one. */
const LOOKS = 2;

/** What a store has while it is open. */
interface Work {
  readonly connections: PostgresConnections;
  /** The same as `connections` where the pool is somebody else's. */
  readonly looks: PostgresConnections;
  readonly commits: ReturnType<typeof commits>;
  readonly loads: ReturnType<typeof loads>;
  readonly appends: ReturnType<typeof appends>;
  readonly touches: ReturnType<typeof touches>;
  readonly timelines: ReturnType<typeof timelines>;
  readonly puts: ReturnType<typeof puts>;
  readonly inboxes: ReturnType<typeof inboxes>;
}

class PostgresStore extends PostgresOperators implements Store {
  readonly kind = 'postgres';
  readonly shared = true;
  readonly #clock: Clock;
  readonly #options: CheckedPostgresOptions;
  readonly #table: (name: string) => string;
  readonly #queries: ReturnType<typeof readQueries>;
  readonly #counts: ReturnType<typeof countQueries>;
  readonly outbound: OutboundStore;
  #work: Work | null = null;
  #opening: Promise<void> | null = null;

  constructor(clock: Clock, options: CheckedPostgresOptions) {
    super((name) => `${options.schema}.${name}`, options.statementTimeout);
    this.#clock = clock;
    this.#options = options;
    this.#table = (name) => `${options.schema}.${name}`;
    this.#queries = readQueries(this.#table);
    this.#counts = countQueries(this.#table);
    this.outbound = postgresOutbound((operation) => this.#opened(operation).connections, this.#table);
  }

  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    if (this.#work !== null) return;
    const { source, schema, maxConnections, statementTimeout, preparedStatements } = this.#options;
    const settings = { clock: this.#clock, timeout: statementTimeout, preparedStatements };
    const connect = async (size: number): Promise<PostgresConnections> => {
      if ('pool' in source) return new PostgresConnections(source.pool, { ...settings, size: null, owned: false });
      const pool = await createPool(source.target, size, statementTimeout + MOMENT);
      return new PostgresConnections(pool, { ...settings, size, owned: true });
    };
    const connections = await connect(maxConnections);
    try {
      await migratePostgres(connections, schema);
    } catch (error) {
      await connections.close();
      throw error;
    }
    this.#work = {
      connections,
      looks: 'pool' in source ? connections : await connect(LOOKS),
      commits: commits(connections, this.#table, statementTimeout),
      loads: loads(connections, this.#table, statementTimeout),
      appends: appends(connections, this.#table, statementTimeout),
      touches: touches(connections, this.#table, statementTimeout),
      timelines: timelines(connections, this.#table, statementTimeout),
      puts: puts(connections, this.#table, statementTimeout),
      inboxes: inboxes(connections, this.#table, statementTimeout),
    };
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    const work = this.#work;
    this.#work = null;
    if (work === null) return;
    const { connections, looks, ...batches } = work;
    await Promise.all(Object.values(batches).map((one) => one.settled()));
    await Promise.all([connections.close(), looks.close()]);
  }

  async ping(): Promise<void> {
    const text = `WITH beat AS (UPDATE ${this.#table('pulse')} SET beats = beats + 1) ${schemaStateQuery(this.#options.schema)}`;
    try {
      demandState(await this.#opened('ping').looks.query<SchemaState>({ operation: 'ping', text, outcome: 'unknown' }));
    } catch (error) {
      const state = error instanceof StoreUnavailableError ? sqlState(error.cause) : null;
      throw state !== null && MISSING.includes(state) ? new StoreSchemaError('behind', 0, KNOWN_SCHEMA) : error;
    }
  }

  async load(key: CallKey): Promise<StoredCall | null> {
    return this.#opened('load').loads.load(key);
  }

  async turn(callId: string, turn: number): Promise<TurnRow | null> {
    return (await this.#read<StoredTurnRow>('turn', this.#queries.turn(toStored(callId), turn))).map(toTurn)[0] ?? null;
  }

  async turnOfEvent(callId: string, eventId: string): Promise<TurnRow | null> {
    const query = this.#queries.turnOfEvent(toStored(callId), toStored(eventId));
    return (await this.#read<StoredTurnRow>('turnOfEvent', query)).map(toTurn)[0] ?? null;
  }

  async commit(change: Commit): Promise<'committed' | 'conflict'> {
    checkCommit(change);
    return this.#opened('commit').commits.add(change);
  }

  async touch(callId: string, seenAt: number, dueAt: number): Promise<void> {
    await this.#opened('touch').touches.add({ callId, seenAt, dueAt });
  }

  async append(callId: string, rows: readonly TimelineRow[]): Promise<void> {
    checkTimeline(callId);
    if (rows.length > 0) await this.#opened('append').appends.add({ callId, rows });
  }

  async timeline(callId: string): Promise<readonly TimelineRow[]> {
    return this.#opened('timeline').timelines.add(callId);
  }

  async turns(callId: string): Promise<readonly TurnRow[]> {
    return (await this.#read<StoredTurnRow>('turns', this.#queries.turns(toStored(callId)))).map(toTurn);
  }

  async put(row: InboxRow, options: PutOptions): Promise<'stored' | 'present' | 'conflict'> {
    checkPut(row);
    return this.#opened('put').puts.put(row, options);
  }

  async inbox(subAccountId: string, sessionId: string): Promise<readonly KeptInboxRow[]> {
    return this.#opened('inbox').inboxes.add({ subAccountId, sessionId });
  }

  async signals(callId: string): Promise<readonly SignalRow[]> {
    return (await this.#read<StoredSignalRow>('signals', this.#queries.signals(toStored(callId)))).map(toSignal);
  }

  async signalOfKey(callId: string, key: string): Promise<SignalRow | null> {
    const rows = await this.#read<StoredSignalRow>('signalOfKey', this.#queries.signalOfKey(toStored(callId), toStored(key)));
    return rows.map(toSignal)[0] ?? null;
  }

  async due(now: number, limit: number): Promise<readonly string[]> {
    return (await this.#read<{ id: string }>('due', this.#queries.due(slotOf(now), now, limit))).map(({ id }) => fromStored(id));
  }

  async findByClientRequestId(subAccountId: string, clientRequestId: string): Promise<CallRecord | null> {
    const query = this.#queries.byClientRequestId(toStored(subAccountId), toStored(clientRequestId));
    return (await this.#read<CallRow>('findByClientRequestId', query)).map(toRecord)[0] ?? null;
  }

  async unnumbered(subAccountId: string, from: string, to: string): Promise<readonly CallRecord[]> {
    const query = this.#queries.unnumbered(toStored(subAccountId), toStored(from), toStored(to));
    return (await this.#read<CallRow>('unnumbered', query)).map(toRecord);
  }

  async list(filter: CallFilter): Promise<CallPage> {
    const checked = checkFilter(filter);
    return toPage(await this.#read<CallRow>('list', this.#queries.list(checked)), checked);
  }

  async countCalls(filter: CallFilter, most: number): Promise<CallTotals> {
    return toTotals(await this.#read<CallTotals>('countCalls', this.#queries.countCalls(checkCount(filter, most))));
  }

  async liveCounts(): Promise<readonly LiveCount[]> {
    const counts = await this.#opened('liveCounts').looks.query<CountRow>({ operation: 'liveCounts', ...this.#queries.liveCounts() });
    return counts.map(toLiveCount);
  }

  async prune(endedBefore: number, limit: number): Promise<number> {
    return prunePostgres(this.#opened('prune').connections, this.#table, this.#options.statementTimeout, endedBefore, limit);
  }

  async uncounted(limit: number): Promise<readonly string[]> {
    return (await this.#read<{ id: string }>('uncounted', this.#counts.uncounted(limit))).map(({ id }) => fromStored(id));
  }

  async foldCounts(limit: number): Promise<number> {
    return foldPostgres(this.#counting('foldCounts'), limit);
  }

  async counts(filter: CountFilter): Promise<Counts> {
    return toCounts(await this.#read<StoredCount>('counts', this.#counts.counts(checkCountFilter(filter))));
  }

  async countGroups(): Promise<readonly CountGroup[]> {
    return mergeGroups((await this.#read<StoredCountGroup>('countGroups', this.#counts.groups())).map(toCountGroup));
  }

  async pruneCounts(before: number, limit: number): Promise<number> {
    return pruneCounts(this.#counting('pruneCounts'), before, limit);
  }

  #counting(operation: string): CountWork {
    return { connections: this.#opened(operation).connections, table: this.#table, timeout: this.#options.statementTimeout };
  }

  async #read<Row>(operation: string, query: Query): Promise<Row[]> {
    return this.#opened(operation).connections.query({ operation, ...query });
  }

  protected connected(operation: string): PostgresConnections {
    return this.#opened(operation).connections;
  }

  #opened(operation: string): Work {
    if (this.#work === null) throw closed(operation);
    return this.#work;
  }
}
