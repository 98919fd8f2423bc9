import { isHookswitchError } from '@hookswitch/dsl';
import { type StoreFailure, StoreUnavailableError } from '../../errors/store-unavailable-error.ts';

/** SQLite's primary result codes: https://sqlite.org/rescode.html */
const CODES: Readonly<Record<number, { readonly name: string; readonly reason: StoreFailure }>> = {
  3: { name: 'SQLITE_PERM', reason: 'read-only' },
  5: { name: 'SQLITE_BUSY', reason: 'busy' },
  6: { name: 'SQLITE_LOCKED', reason: 'busy' },
  8: { name: 'SQLITE_READONLY', reason: 'read-only' },
  10: { name: 'SQLITE_IOERR', reason: 'disk' },
  11: { name: 'SQLITE_CORRUPT', reason: 'damaged' },
  13: { name: 'SQLITE_FULL', reason: 'full' },
  14: { name: 'SQLITE_CANTOPEN', reason: 'not-openable' },
  26: { name: 'SQLITE_NOTADB', reason: 'damaged' },
};

/** What the file system says before SQLite has its turn. */
const SYSTEM: Readonly<Record<string, StoreFailure>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'disk',
};

/** SQLite's primary result code of what a driver threw; null for anything else. */
export function sqliteCode(error: unknown): number | null {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}

/** Whether somebody else holds the lock: it may be tried again. */
export function isLocked(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 5 || code === 6;
}

/** What a store throws for what a driver, or the file system, threw. Nothing was written: a transaction that fails is rolled back. */
export function sqliteFailure(operation: string, error: unknown): Error {
  if (isHookswitchError(error)) return error;
  const code = sqliteCode(error);
  const known = code === null ? undefined : CODES[code];
  const system = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
  return new StoreUnavailableError({
    store: 'sqlite',
    operation,
    reason:
      known?.reason ??
      (system === null ? undefined : SYSTEM[system]) ??
      (operation === 'open' && code === null ? 'not-openable' : 'failed'),
    outcome: 'unchanged',
    detail: known?.name ?? (code === null ? system : `SQLite result code ${code}`),
    cause: error,
  });
}
