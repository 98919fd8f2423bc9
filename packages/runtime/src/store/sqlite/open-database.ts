import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { closeSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Database, SqliteDriver } from './driver.ts';
import { GroupCommit } from './group-commit.ts';
import { migrateSqlite, schemaCheck } from './migrate.ts';
import type { SqliteStoreOptions } from './options.ts';
import { type LockWait, LOCK_WAIT } from './lock-wait.ts';
import { OutboundStatements } from './outbound/sqlite-outbound.ts';
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
  readonly lockWait: LockWait;
  readonly reads: ReadStatements;
  readonly writes: WriteStatements;
  readonly prunes: PruneStatements;
  readonly outbound: OutboundStatements;
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
  const path = realFile(file);
  const lock = lockProcess(driver, path, file, busyTimeout);
  let database: Database | null = null;
  try {
    database = new driver.DatabaseSync(path);
    // Freed space is zeroed where that costs no write of its own: what was erased is gone from the file, too.
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
      PRAGMA secure_delete = FAST; PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA journal_size_limit = 67108864`);
    migrateSqlite(database);
    return prepared(database, lock, path, busyTimeout);
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
    return prepared(database, { release: () => undefined }, resolve(file), busyTimeout);
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepared(database: Database, lock: ProcessLock, path: string, lockTimeout: number): OpenDatabase {
  const { ino } = statSync(path);
  const lockWait = { ...LOCK_WAIT, lockTimeout };
  // From here on callers wait beside: SQLite itself would stop the whole process for as long as another program holds its lock.
  database.exec('PRAGMA busy_timeout = 0');
  return {
    group: new GroupCommit(database, lockWait),
    lockWait,
    reads: new ReadStatements(database),
    writes: new WriteStatements(database),
    prunes: new PruneStatements(database),
    outbound: new OutboundStatements(database),
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

/**
 * The same path for all that lead to a file, which is made where it is missing, so that it has one lock. Throws where it has several names of its own (hard links): SQLite
 * keeps a write-ahead log beside each, and would lose what is in the others.
 */
function realFile(file: string): string {
  // Before the path is followed: a link may lead to a file that is still to be made.
  closeSync(openSync(resolve(file), 'a', FILE_MODE));
  const path = realpathSync.native(resolve(file));
  const { nlink } = statSync(path);
  if (nlink <= 1) return path;
  throw new StoreUnavailableError({ store: 'sqlite', operation: 'open', reason: 'linked', outcome: 'unchanged', detail: `${nlink} names` });
}
