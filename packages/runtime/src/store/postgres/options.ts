import { argumentProblem, findProblem, optionSet, valueThat, withDefaults } from '@hookswitch/dsl/options';
import { StoreArgumentError } from '../../errors/store-argument-error.ts';
import { type PostgresTarget, readConnectionString } from './connection-string.ts';

/** What the store uses of a client of `pg`. */
export interface PostgresClient {
  query(config: PostgresQuery): Promise<{ readonly rows: unknown[] }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Gives the client back; `true` closes its connection. */
  release(destroy?: boolean): void;
}

/** A query as `pg` takes it. */
export interface PostgresQuery {
  readonly text: string;
  readonly values?: unknown[];
  readonly name?: string;
  readonly types?: { getTypeParser(id: number): (text: string) => unknown };
}

/** What the store uses of a pool of `pg`. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

/** Options of `createPostgresStore`; either `connectionString` or `pool` is needed. */
export interface PostgresStoreOptions {
  /**
   * `postgres://user:password@host:port/database`, with `?sslmode=verify-full` and the like as `pg` reads them. Several hosts as libpq has them:
   * `host1:5432,host2:5432`, with `target_session_attrs` (`any`, `read-write`, `primary`), `load_balance_hosts` (`disable`, `random`) and `connect_timeout` (seconds).
   */
  readonly connectionString?: string;
  /**
   * A pool of yours (`new pg.Pool(…)`). It stays yours: `close` leaves it open, its own settings hold, and looks at the store (`ping`, `liveCounts`), which otherwise have
   * connections of their own, use it, too.
   */
  readonly pool?: PostgresPool;
  /** Name of the schema that holds the tables; it is made when it is missing. @default 'hookswitch' */
  readonly schema?: string;
  /** Connections of this process for calls at most, 1..1000; looks at the store have two more. Not used with `pool`. @default 10 */
  readonly maxConnections?: number;
  /**
   * Milliseconds that an operation may take, the wait for a connection included, 50..60000; keep it below the time in which a webhook must be answered.
   * It is this process that stops waiting. For the server to stop as well, `ALTER ROLE … SET statement_timeout`, which holds behind a pooler, too. @default 2000
   */
  readonly statementTimeout?: number;
  /**
   * Whether statements are named, so that the server plans them once per connection, which halves its work for a turn. `auto` stops naming them when a pooler turns
   * out not to keep them (PgBouncer does from 1.21 on, with `max_prepared_statements`). @default 'auto'
   */
  readonly preparedStatements?: boolean | 'auto';
}

/** What `PostgresStoreOptions` holds, with the defaults. */
export const POSTGRES_OPTIONS = optionSet({
  connectionString: { type: 'string', 'x-secret': true, 'x-form': 'a text: postgres://user:password@host/database' },
  pool: valueThat('a pool of pg: new pg.Pool({ … })', (value) => typeof (value as Partial<PostgresPool> | null)?.connect === 'function'),
  schema: {
    ...{ type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$', default: 'hookswitch' },
    'x-form': 'a name of letters, digits and underscores',
  },
  maxConnections: { type: 'integer', minimum: 1, maximum: 1000, default: 10 },
  statementTimeout: { type: 'integer', minimum: 50, maximum: 60_000, default: 2000, 'x-form': 'whole milliseconds in 50..60000' },
  preparedStatements: { anyOf: [{ type: 'boolean' }, { const: 'auto' }], default: 'auto', 'x-form': "true, false or 'auto'" },
});

/** Options with their defaults. */
export interface CheckedPostgresOptions {
  readonly source: { readonly target: PostgresTarget } | { readonly pool: PostgresPool };
  /** Quoted. */
  readonly schema: string;
  readonly maxConnections: number;
  readonly statementTimeout: number;
  readonly preparedStatements: boolean | 'auto';
}

/** Every option, checked. Throws `StoreArgumentError`, which never repeats the connection string. */
export function postgresOptions(options: PostgresStoreOptions): CheckedPostgresOptions {
  const problem = findProblem(POSTGRES_OPTIONS, options);
  if (problem !== null) throw new StoreArgumentError(...argumentProblem('createPostgresStore', problem));
  const { connectionString, pool, schema, ...given } = withDefaults<PostgresStoreOptions & Omit<CheckedPostgresOptions, 'source'>>(
    POSTGRES_OPTIONS,
    options,
  );
  return { source: sourceOf(connectionString, pool), schema: `"${schema}"`, ...given };
}

function sourceOf(connectionString: string | undefined, pool: PostgresPool | undefined): CheckedPostgresOptions['source'] {
  if (pool !== undefined) {
    if (connectionString !== undefined) throw wrong('pool', 'and connectionString exclude each other. Give one of them.');
    return { pool };
  }
  if (connectionString === undefined || connectionString === '')
    throw wrong('connectionString', 'is missing. Give postgres://user:password@host/database (in DATABASE_URL), or a pool.');
  if (!/^postgres(ql)?:\/\//.test(connectionString)) throw wrong('connectionString', 'must begin with postgres:// or postgresql://.');
  return { target: readConnectionString(connectionString) };
}

function wrong(option: string, problem: string): StoreArgumentError {
  return new StoreArgumentError(`createPostgresStore.${option}`, problem);
}
