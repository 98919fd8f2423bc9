import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, testPool } from '../../../../../test/support/postgres.ts';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import { createPostgresStore } from '../../store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import type { OpenStores } from './play.test-support.ts';

const TABLES = [
  'calls',
  'call_tags',
  'signals',
  'journal',
  'turns',
  'timeline',
  'orphans',
  'inbox',
  'audit',
  'count_rows',
  'count_groups',
  'counters',
  'overrides',
].map((name) => `hookswitch.${name}`);

/** A kind of store for worlds, and how it is put away. */
export interface Stores {
  readonly open: OpenStores;
  readonly close: () => Promise<void>;
}

/** The memory store; `shared`: as one that several processes share. */
export function memoryStores(shared: boolean): Stores {
  return {
    open: async () => {
      const store = Object.assign(createMemoryStore(), { shared });
      await store.open();
      return [store];
    },
    close: () => Promise.resolve(),
  };
}

/** A file for each world. */
export function sqliteStores(): Stores {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-worlds-'));
  let store: Store | null = null;
  let files = 0;
  return {
    open: async () => {
      await store?.close();
      store = createSqliteStore({ file: join(folder, `${++files}.db`), synchronous: 'NORMAL' });
      await store.open();
      return [store];
    },
    close: async () => {
      await store?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Postgres server of its own, with connections for two processes. */
export async function postgresStores(): Promise<Stores> {
  const postgres = await startPostgres();
  const { connectionString } = postgres;
  const pool = testPool(connectionString, 1);
  const stores = [1, 2].map(() => createPostgresStore({ connectionString, maxConnections: 3, statementTimeout: 20_000 }));
  for (const store of stores) await store.open();
  return {
    open: async () => {
      await pool.query(`TRUNCATE ${TABLES.join(', ')}; UPDATE hookswitch.overrides_state SET revision = 0`);
      return stores;
    },
    close: async () => {
      for (const store of stores) await store.close();
      await pool.end();
      await postgres.stop();
    },
  };
}
