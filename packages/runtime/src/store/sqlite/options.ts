import { argumentProblem, findProblem, optionSet, valueThat, withDefaults } from '@hookswitch/dsl/options';
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

/** What `SqliteStoreOptions` holds, with the defaults. */
export const SQLITE_OPTIONS = optionSet({
  file: valueThat('the path of a file; for a store that forgets, use createMemoryStore()', isPath, { default: '.hookswitch/calls.db' }),
  synchronous: { enum: ['FULL', 'NORMAL'], default: 'FULL' },
  busyTimeout: { type: 'integer', minimum: 0, maximum: 60_000, default: 1000, 'x-form': 'whole milliseconds in 0..60000' },
  readOnly: { type: 'boolean', default: false },
});

/** Every option, checked. Throws `StoreArgumentError`. */
export function sqliteOptions(options: SqliteStoreOptions): Required<SqliteStoreOptions> {
  const problem = findProblem(SQLITE_OPTIONS, options);
  if (problem !== null) throw new StoreArgumentError(...argumentProblem('createSqliteStore', problem));
  return withDefaults<Required<SqliteStoreOptions>>(SQLITE_OPTIONS, options);
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !value.includes('\u0000') && !/^(:memory:|file:)/.test(value);
}
