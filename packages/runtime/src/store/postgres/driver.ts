import { StoreDriverError } from '../../errors/store-driver-error.ts';
import type { PostgresClient, PostgresPool } from './options.ts';

interface PoolOptions {
  readonly connectionString: string;
  readonly max: number;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly fallback_application_name: string;
}

interface NewPool extends PostgresPool {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'connect', listener: (client: PostgresClient) => void): unknown;
}

interface Driver {
  readonly Pool: new (options: PoolOptions) => NewPool;
}

/** A pool of `pg`, which is loaded only here. Throws `StoreDriverError` where it is not installed. */
export async function createPool(
  connectionString: string,
  maxConnections: number,
  connectTimeout: number,
  driver = 'pg',
): Promise<PostgresPool> {
  const { Pool } = await load(driver);
  const pool = new Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
    fallback_application_name: 'hookswitch',
  });
  // A pool that ends takes its listener off before the connection is closed; a server that stops just then would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function load(name: string): Promise<Driver> {
  try {
    const loaded = (await import(name)) as Driver & { readonly default?: Driver };
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new StoreDriverError('postgres', name, 'Run: npm install pg', cause);
  }
}
