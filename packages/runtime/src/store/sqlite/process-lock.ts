import { StoreInUseError } from '../../errors/store-in-use-error.ts';
import type { Database, SqliteDriver } from './driver.ts';
import { isLocked, sqliteFailure } from './failure.ts';

/** Keeps others out until it is released. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes the lock of a SQLite file: an empty database beside it, in which a transaction stays open. The operating system holds the lock and drops it when the
 * process dies, however it dies; tools that only read (backups, the SQLite shell) are not locked out of the calls themselves. Waits up to `busyTimeout` ms
 * for a server that is just closing. Throws `StoreInUseError`.
 */
export function lockProcess({ DatabaseSync }: SqliteDriver, file: string, given: string, busyTimeout: number): ProcessLock {
  let database: Database | null = null;
  try {
    database = new DatabaseSync(`${file}-lock`);
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}; BEGIN EXCLUSIVE`);
  } catch (error) {
    database?.close();
    if (isLocked(error)) throw new StoreInUseError(given, error);
    throw sqliteFailure('open', error);
  }
  const held = database;
  return { release: () => held.close() };
}
