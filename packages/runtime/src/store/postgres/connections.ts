import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { type StoreFailure, StoreUnavailableError, type StoreTrouble } from '../../errors/store-unavailable-error.ts';
import type { OwnPool } from './driver.ts';
import { hasForgotten, isOfServer, isReadOnly, isUsableAfter, postgresFailure, postgresTimeout } from './failure.ts';
import type { PostgresClient, PostgresPool, PostgresQuery } from './options.ts';

/** Ids of Postgres' whole numbers: int8, int2, int4. Ours fit into a JavaScript number. */
const WHOLE = new Set([20, 21, 23]);

const TYPES = { getTypeParser: (id: number) => (WHOLE.has(id) ? Number : String) };

/** A statement, and what is known when no answer comes: reading leaves everything `unchanged`. */
export interface PostgresStatement {
  readonly operation: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly outcome?: StoreTrouble['outcome'];
  /** Run so seldom that it is not worth a name. @default false */
  readonly rare?: boolean;
  /** When it is given up, in ms since the epoch. @default the store's time limit from now */
  readonly deadline?: number;
}

/** Runs one statement of a transaction. */
export type RunInTransaction = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

interface ConnectionSettings {
  readonly clock: Clock;
  readonly timeout: number;
  readonly preparedStatements: boolean | 'auto';
  /** Connections at most; null where the pool is somebody else's. */
  readonly size: number | null;
  /** Whether `close` ends the pool. */
  readonly owned: boolean;
}

function ignore(): void {
  // A connection that breaks while nobody uses it is replaced when it is next needed.
}

/**
 * Connections to Postgres that fit behind a transaction pooler: one statement, or one transaction, at a time; nothing is left in a session.
 * Whatever takes longer than it may is given up, and its connection with it.
 */
export class PostgresConnections {
  readonly #pool: PostgresPool | OwnPool;
  readonly #settings: ConnectionSettings;
  readonly #names = new Map<string, string>();
  #named: boolean;
  readonly #underWay = new Set<Promise<unknown>>();
  /** Grows when a server has turned out not to serve any more: connections that were made before are not used again. */
  #generation = 0;
  readonly #generationOf = new WeakMap<PostgresClient, number>();
  #closed = false;
  /** The time by which deadlines are given. */
  readonly now: () => number;

  constructor(pool: PostgresPool | OwnPool, settings: ConnectionSettings) {
    this.#pool = pool;
    this.#settings = settings;
    this.now = settings.clock.now;
    this.#named = settings.preparedStatements !== false;
    // Without a listener, a connection that breaks while it is idle ends the process.
    pool.on('error', ignore);
  }

  /** Runs a statement in one round trip. Rejects with `StoreUnavailableError`. */
  query<Row>({ operation, text, values = [], outcome = 'unchanged', rare = false, deadline }: PostgresStatement): Promise<Row[]> {
    const query = { text, values: [...values], types: TYPES };
    return this.#use(operation, outcome, deadline ?? this.now() + this.#settings.timeout, (client) =>
      rare ? send<Row>(client, query) : this.#sendNamed<Row>(client, query),
    );
  }

  async #sendNamed<Row>(client: PostgresClient, query: PostgresQuery): Promise<Row[]> {
    if (!this.#named) return send(client, query);
    try {
      return await send<Row>(client, { ...query, name: this.#nameOf(query.text) });
    } catch (error) {
      if (this.#settings.preparedStatements !== 'auto' || !hasForgotten(error)) throw error;
      // A pooler between gives each transaction another connection. The statement has not run.
      this.#named = false;
      return send(client, query);
    }
  }

  /** Runs statements in one transaction, for `timeout` ms at most. Rejects with `StoreUnavailableError`, or what `work` throws. */
  transaction<T>(operation: string, timeout: number, work: (run: RunInTransaction) => Promise<T>): Promise<T> {
    return this.#use(operation, 'unknown', this.now() + timeout, async (client) => {
      const run: RunInTransaction = (text, values) =>
        send(client, { text, ...(values === undefined ? {} : { values: [...values] }), types: TYPES });
      await run('BEGIN');
      try {
        const result = await work(run);
        await run('COMMIT');
        return result;
      } catch (error) {
        await run('ROLLBACK').catch(ignore);
        throw error;
      }
    });
  }

  /** Waits for what is under way, and ends the pool if it is ours. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    this.#pool.off('error', ignore);
    if (!this.#settings.owned) return;
    this.#pool.on('error', ignore);
    await withTimeout(this.#settings.clock, this.#pool.end(), this.#settings.timeout, () => undefined);
  }

  #use<T>(operation: string, outcome: StoreTrouble['outcome'], deadline: number, work: (client: PostgresClient) => Promise<T>): Promise<T> {
    const result = this.#withClient(operation, outcome, deadline, work);
    const ended = result.then(ignore, ignore);
    this.#underWay.add(ended);
    void ended.then(() => this.#underWay.delete(ended));
    return result;
  }

  /** What a standby has refused is asked of the server that is found then: nothing has happened. */
  async #withClient<T>(
    operation: string,
    outcome: StoreTrouble['outcome'],
    deadline: number,
    work: (client: PostgresClient) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#withOneClient(operation, outcome, deadline, work);
    } catch (error) {
      if (this.#closed || !(error instanceof StoreUnavailableError) || !isReadOnly(error.cause)) throw error;
      return this.#withOneClient(operation, outcome, deadline, work);
    }
  }

  async #withOneClient<T>(
    operation: string,
    outcome: StoreTrouble['outcome'],
    deadline: number,
    work: (client: PostgresClient) => Promise<T>,
  ): Promise<T> {
    const client = await this.#connect(operation, deadline);
    client.on('error', ignore);
    let isUsable = false;
    try {
      const working = work(client);
      const result = await withTimeout(this.#settings.clock, working, deadline - this.now(), () =>
        Promise.reject(postgresTimeout(operation, outcome)),
      );
      isUsable = true;
      return result;
    } catch (error) {
      isUsable = isUsableAfter(error);
      if (isOfServer(error)) this.#giveUp(client);
      throw postgresFailure(operation, error, outcome);
    } finally {
      client.off('error', ignore);
      client.release(!isUsable);
    }
  }

  async #connect(operation: string, deadline: number): Promise<PostgresClient> {
    if (this.#closed) throw closed(operation);
    for (;;) {
      const client = await this.#take(operation, deadline);
      const generation = this.#generationOf.get(client) ?? this.#generation;
      this.#generationOf.set(client, generation);
      if (generation === this.#generation) return client;
      client.release(true);
    }
  }

  /** All connections that were made so far are given up: the server behind them has turned out not to serve. */
  #giveUp(client: PostgresClient): void {
    // Of many that find out at once, the first one is enough: the others might speak of what was left already.
    if (this.#generationOf.get(client) !== this.#generation) return;
    this.#generation++;
    if ('avoid' in this.#pool) this.#pool.avoid(client);
  }

  async #take(operation: string, deadline: number): Promise<PostgresClient> {
    const { size } = this.#settings;
    const lack: StoreFailure = size === null ? 'timeout' : this.#underWay.size >= size ? 'exhausted' : 'unreachable';
    try {
      const connecting = this.#pool.connect();
      return await withTimeout(this.#settings.clock, connecting, deadline - this.now(), () => {
        connecting.then((late) => late.release(), ignore);
        return Promise.reject(postgresTimeout(operation, 'unchanged', lack));
      });
    } catch (error) {
      throw postgresFailure(operation, error, 'unchanged');
    }
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = `hookswitch_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
    this.#names.set(text, name);
    return name;
  }
}

/** The error of a store that is not open. */
export function closed(operation: string): StoreUnavailableError {
  return new StoreUnavailableError({ store: 'postgres', operation, reason: 'closed', outcome: 'unchanged', detail: null });
}

async function send<Row>(client: PostgresClient, query: PostgresQuery): Promise<Row[]> {
  return (await client.query(query)).rows as Row[];
}

/** What `promise` brings, or what `late` makes of it after `ms`; then a later rejection is ignored. */
async function withTimeout<T>(clock: Clock, promise: Promise<T>, ms: number, late: () => Promise<T> | T): Promise<T> {
  let cancel = ignore;
  const timeout = new Promise<typeof LATE>((resolve) => {
    cancel = clock.timer(Math.max(0, ms), () => {
      resolve(LATE);
    });
  });
  try {
    const first = await Promise.race([promise, timeout]);
    if (first !== LATE) return first;
    promise.catch(ignore);
    return await late();
  } finally {
    cancel();
  }
}

const LATE = Symbol('late');
