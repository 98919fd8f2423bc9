import { didYouMean } from '@hookswitch/dsl';
import { StoreArgumentError } from '../../errors/store-argument-error.ts';

/** Options of `createSqliteStore`. */
export interface SqliteStoreOptions {
  /** Path of the file; it and its folder are made when they are missing. Beside it lie `-wal`, `-shm` and `-lock`. @default '.hookswitch/calls.db' */
  readonly file?: string;
  /**
   * `FULL`: what was answered survives a power cut. `NORMAL`: it survives a crash of the process, but a power cut may lose the last seconds;
   * the file stays sound either way. @default 'FULL'
   */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /**
   * Milliseconds that an operation waits for another program that holds the file's lock, 0..60000; others go on meanwhile. Only while the store is opened does the whole
   * process wait. @default 1000
   */
  readonly busyTimeout?: number;
  /** Only reads: opens beside a server that uses the file, makes and migrates nothing, and refuses every write. For tools that look. @default false */
  readonly readOnly?: boolean;
}

const DEFAULTS: Required<SqliteStoreOptions> = { file: '.hookswitch/calls.db', synchronous: 'FULL', busyTimeout: 1000, readOnly: false };
const MAX_BUSY_TIMEOUT = 60_000;

/** Every option, checked. Throws `StoreArgumentError`. */
export function sqliteOptions(options: SqliteStoreOptions): Required<SqliteStoreOptions> {
  const known = Object.keys(DEFAULTS);
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new StoreArgumentError(`createSqliteStore.${name}`, `is no option. ${didYouMean(name, known)}There are ${known.join(', ')}.`);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as SqliteStoreOptions;
  const full = { ...DEFAULTS, ...given };
  if (typeof full.file !== 'string' || full.file === '' || full.file.includes('\u0000') || /^(:memory:|file:)/.test(full.file))
    throw new StoreArgumentError(
      'createSqliteStore.file',
      'must be the path of a file. For a store that forgets, use createMemoryStore().',
    );
  if (full.synchronous !== 'FULL' && full.synchronous !== 'NORMAL')
    throw new StoreArgumentError('createSqliteStore.synchronous', `must be "FULL" or "NORMAL", not ${JSON.stringify(full.synchronous)}.`);
  if (!Number.isInteger(full.busyTimeout) || full.busyTimeout < 0 || full.busyTimeout > MAX_BUSY_TIMEOUT)
    throw new StoreArgumentError('createSqliteStore.busyTimeout', `must be whole milliseconds from 0 to ${MAX_BUSY_TIMEOUT}.`);
  if (typeof full.readOnly !== 'boolean') throw new StoreArgumentError('createSqliteStore.readOnly', 'must be true or false.');
  return full;
}
