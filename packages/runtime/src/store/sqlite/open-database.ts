import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { closeSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Database, SqliteDriver } from './driver.ts';
import { GroupCommit } from './group-commit.ts';
import { migrateSqlite, schemaCheck } from './migrate.ts';
import type { SqliteStoreOptions } from './options.ts';
import { lockProcess, type ProcessLock } from './process-lock.ts';
import { PruneStatements } from './prune-statements.ts';
import { ReadStatements } from './read-statements.ts';
import { WriteStatements } from './write-statements.ts';

/** Only the owner reads a new file, which holds phone numbers. */
const FILE_MODE = 0o600;

/** Pages of the write-ahead log after which they are moved into the file: four times SQLite's default, so that pages that change often are moved less often. */
const LOG_PAGES = 4000;

/** An open file, with everything prepared. */
export interface OpenDatabase {
  readonly group: GroupCommit;
  readonly reads: ReadStatements;
  readonly writes: WriteStatements;
  readonly prunes: PruneStatements;
  /** Throws `StoreSchemaError`. */
  readonly checkSchema: () => void;
  /** Throws `StoreUnavailableError` when the file is not where it was opened any more. */
  readonly checkFile: () => void;
  close(): void;
}

/** Locks, opens and migrates a file. Throws `StoreInUseError`, `StoreSchemaError`, or what the driver throws; nothing stays open then. */
export function openDatabase(driver: SqliteDriver, options: Required<SqliteStoreOptions>): OpenDatabase {
  return options.readOnly ? openToLook(driver, options) : openToServe(driver, options);
}

function openToServe(driver: SqliteDriver, { file, synchronous, busyTimeout }: Required<SqliteStoreOptions>): OpenDatabase {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  const path = realPath(file);
  const lock = lockProcess(driver, path, file, busyTimeout);
  let database: Database | null = null;
  try {
    closeSync(openSync(path, 'a', FILE_MODE));
    database = new driver.DatabaseSync(path);
    // Freed space is zeroed where that costs no write of its own: what was erased is gone from the file, too.
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
      PRAGMA secure_delete = FAST; PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA journal_size_limit = 67108864`);
    migrateSqlite(database);
    return prepared(database, lock, path);
  } catch (error) {
    database?.close();
    lock.release();
    throw error;
  }
}

function openToLook(driver: SqliteDriver, { file, busyTimeout }: Required<SqliteStoreOptions>): OpenDatabase {
  const database = new driver.DatabaseSync(resolve(file), { readOnly: true });
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    schemaCheck(database)();
    return prepared(database, { release: () => undefined }, resolve(file));
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepared(database: Database, lock: ProcessLock, path: string): OpenDatabase {
  const { ino } = statSync(path);
  return {
    group: new GroupCommit(database),
    reads: new ReadStatements(database),
    writes: new WriteStatements(database),
    prunes: new PruneStatements(database),
    checkSchema: schemaCheck(database),
    checkFile: () => {
      if (statSync(path, { throwIfNoEntry: false })?.ino === ino) return;
      throw new StoreUnavailableError({ store: 'sqlite', operation: 'ping', reason: 'gone', outcome: 'unchanged', detail: null });
    },
    close: () => {
      database.close();
      lock.release();
    },
  };
}

/** The same for every path that leads to a file, so that it has one lock. */
function realPath(file: string): string {
  const path = resolve(file);
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}
