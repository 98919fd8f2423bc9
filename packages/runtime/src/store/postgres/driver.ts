import { StoreDriverError } from '../../errors/store-driver-error.ts';
import type { PostgresHost, PostgresTarget } from './connection-string.ts';
import { isOfHost } from './failure.ts';
import { Hosts } from './hosts.ts';
import type { PostgresClient, PostgresPool } from './options.ts';

/** A pool of ours. */
export interface OwnPool extends PostgresPool {
  /** The server that a client is connected to does not serve any more: the next connection leads to another one, where there are several. */
  avoid(client: PostgresClient): void;
}

interface ClientOptions {
  readonly connectionString?: string;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly keepAliveInitialDelayMillis: number;
  readonly fallback_application_name: string;
}

interface DriverClient extends PostgresClient {
  connect(): Promise<unknown>;
  connect(callback: (error: unknown) => void): void;
  end(): Promise<void>;
}

type NewClient = new (options: ClientOptions) => DriverClient;

interface PoolOptions extends ClientOptions {
  readonly max: number;
  readonly Client: NewClient;
}

interface NewPool extends PostgresPool {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'connect', listener: (client: PostgresClient) => void): unknown;
}

interface Driver {
  readonly Pool: new (options: PoolOptions) => NewPool;
  readonly Client: NewClient;
}

/** After so many ms without a word the system asks whether the other end is still there, so that connections to a machine that vanished are given up. */
const KEEP_ALIVE = 5_000;
/** What a session must say of itself, by what was asked for. */
const CHECKS = {
  'read-write': "SELECT (NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off')::text AS suits",
  primary: 'SELECT (NOT pg_is_in_recovery())::text AS suits',
} as const;

/**
 * A pool of `pg`, which is loaded only here. Of several hosts the next one is tried where one is not there, not up yet, or of the wrong kind; names are looked up anew
 * for each connection. Throws `StoreDriverError` where `pg` is not installed.
 */
export async function createPool(
  target: PostgresTarget,
  maxConnections: number,
  connectTimeout: number,
  driver = 'pg',
  random: () => number = Math.random,
): Promise<OwnPool> {
  const { Pool, Client } = await load(driver);
  const hosts = new Hosts(target, random);
  const hostOf = new WeakMap<PostgresClient, PostgresHost>();
  /** Errors of connecting, as opposed to those of waiting for a connection to be free. */
  const ofHosts = new WeakSet<object>();
  const perHost = Math.min(connectTimeout, target.connectTimeout ?? Math.ceil(connectTimeout / hosts.size));

  class HostClient extends Client {
    constructor(options: ClientOptions) {
      const host = hosts.choose();
      super({ ...options, connectionString: host.connectionString, connectionTimeoutMillis: perHost });
      hostOf.set(this, host);
      // Before it is the pool's, nobody else listens.
      this.on('error', ignore);
    }

    override connect(): Promise<unknown>;
    override connect(callback: (error: unknown) => void): void;
    override connect(callback?: (error: unknown) => void): Promise<unknown> | void {
      if (callback === undefined) return super.connect();
      super.connect((error) => {
        const checked = error === null || error === undefined ? check(this) : Promise.reject(error as Error);
        checked.then(
          () => callback(undefined),
          (reason: unknown) => {
            fails(this, reason);
            // The pool forgets a client that has not connected, and does not end it.
            this.end().catch(ignore);
            callback(reason);
          },
        );
      });
    }
  }

  const fails = (client: PostgresClient, error: unknown): void => {
    if (typeof error !== 'object' || error === null || !isOfHost(error)) return;
    ofHosts.add(error);
    avoid(client);
  };
  const avoid = (client: PostgresClient): void => {
    const host = hostOf.get(client);
    if (host !== undefined) hosts.avoid(host);
  };
  const check = async (client: PostgresClient): Promise<void> => {
    const { session } = target;
    if (session === 'any') return;
    const { rows } = await client.query({ text: CHECKS[session] });
    if ((rows[0] as { readonly suits?: string } | undefined)?.suits === 'true') return;
    throw new UnsuitedSessionError(session);
  };

  const pool = new Pool({
    Client: HostClient,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE,
    fallback_application_name: 'hookswitch',
  });
  // A pool that ends takes its listener off before the connection is closed; a server that stops just then would end the process.
  pool.on('connect', (client) => client.on('error', ignore));

  /** Tries as many hosts as there are. */
  const connect = async (): Promise<PostgresClient> => {
    for (let tried = 1; ; tried++) {
      try {
        const client = await pool.connect();
        hosts.serves();
        return client;
      } catch (error) {
        if (tried >= hosts.size || !ofHosts.has(Object(error) as object)) throw error;
      }
    }
  };
  return {
    connect,
    avoid,
    end: () => pool.end(),
    on: (event, listener) => pool.on(event, listener),
    off: (event, listener) => pool.off(event, listener),
  };
}

function ignore(): void {
  // A connection that breaks while nobody uses it is replaced when it is next needed.
}

/** A session is not what `target_session_attrs` asks for. Named as Postgres names a write to a standby, which it would come to. */
class UnsuitedSessionError extends Error {
  override readonly name = 'UnsuitedSessionError';
  readonly severity = 'FATAL';
  readonly code = '25006';

  constructor(session: string) {
    super(`The server is a standby, or accepts no writes, and target_session_attrs=${session} asks for another.`);
  }
}

async function load(name: string): Promise<Driver> {
  try {
    const loaded = (await import(name)) as Driver & { readonly default?: Driver };
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new StoreDriverError('postgres', name, 'Run: npm install pg', cause);
  }
}
