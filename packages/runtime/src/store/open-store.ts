import { didYouMean } from '@hookswitch/dsl';
import { StoreArgumentError } from '../errors/store-argument-error.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import type { PostgresStoreOptions } from './postgres/options.ts';
import { createPostgresStore } from './postgres/postgres-store.ts';
import type { SqliteStoreOptions } from './sqlite/options.ts';
import { createSqliteStore } from './sqlite/sqlite-store.ts';
import type { Store } from './store.ts';

/** What a URL can't say. */
export interface OpenStoreOptions {
  readonly sqlite?: Omit<SqliteStoreOptions, 'file'>;
  readonly postgres?: Omit<PostgresStoreOptions, 'connectionString' | 'pool'>;
}

const KINDS = ['memory', 'sqlite', 'postgres', 'postgresql'];
const FORMS = 'Give memory, sqlite:FILE (e.g. sqlite:.hookswitch/calls.db), or postgres://user:password@host/database.';

/**
 * The store that a URL names: `memory`, `sqlite` (in `.hookswitch/calls.db`), `sqlite:FILE`, `postgres://…`. Connects to nothing yet: `open()` does.
 * Throws `StoreArgumentError`, which repeats of the URL only what stands before the colon.
 */
export function openStore(url: string, options: OpenStoreOptions = {}): Store {
  const [, kind = '', rest] = /^([^:]*)(?::(.*))?$/s.exec(typeof url === 'string' ? url.trim() : '') ?? [];
  if (kind === 'postgres' || kind === 'postgresql')
    return createPostgresStore({ ...options.postgres, connectionString: `${kind}:${rest ?? ''}` });
  if (kind === 'memory' && !rest) return createMemoryStore();
  if (kind === 'sqlite') return createSqliteStore({ ...options.sqlite, ...(rest === undefined ? {} : { file: fileOf(rest) }) });
  throw new StoreArgumentError('openStore.url', `${known(kind, rest)} ${FORMS}`);
}

function fileOf(rest: string): string {
  const file = rest.trim();
  if (file === '') throw new StoreArgumentError('openStore.url', `"sqlite:" names no file. ${FORMS}`);
  if (file.startsWith('//'))
    throw new StoreArgumentError(
      'openStore.url',
      `a file stands right behind "sqlite:", without "//". ${FORMS} A path from the root is sqlite:/var/lib/calls.db.`,
    );
  return file;
}

function known(kind: string, rest: string | undefined): string {
  if (kind === '' && rest === undefined) return 'names no store.';
  if (kind === 'memory') return '"memory" stands alone: nothing follows it.';
  // A path, or a connection string that lost its beginning, may hold anything; a word is safe to repeat.
  if (!/^[A-Za-z][A-Za-z0-9+.-]{0,20}$/.test(kind)) return 'begins with no kind of store.';
  return `"${kind}" is no kind of store. ${didYouMean(kind, KINDS)}`.trimEnd();
}
