import { describe, expect, it } from 'vitest';
import { StoreArgumentError } from '../../errors/store-argument-error.ts';
import { sqliteFailure } from './failure.ts';

describe('failures of SQLite', () => {
  it.each([
    [{ errcode: 5 }, 'busy', 'SQLITE_BUSY'],
    [{ errcode: 517 }, 'busy', 'SQLITE_BUSY'],
    [{ errcode: 6 }, 'busy', 'SQLITE_LOCKED'],
    [{ errcode: 8 }, 'read-only', 'SQLITE_READONLY'],
    [{ errcode: 778 }, 'disk', 'SQLITE_IOERR'],
    [{ errcode: 11 }, 'damaged', 'SQLITE_CORRUPT'],
    [{ errcode: 13 }, 'full', 'SQLITE_FULL'],
    [{ errcode: 14 }, 'not-openable', 'SQLITE_CANTOPEN'],
    [{ errcode: 26 }, 'damaged', 'SQLITE_NOTADB'],
    [{ errcode: 1 }, 'failed', 'SQLite result code 1'],
    [{ code: 'ENOSPC' }, 'full', 'ENOSPC'],
    [{ code: 'EROFS' }, 'read-only', 'EROFS'],
    [{ code: 'EACCES' }, 'read-only', 'EACCES'],
    [{ code: 'ENOTDIR' }, 'failed', 'ENOTDIR'],
    [null, 'failed', null],
  ])('%j is "%s"', (thrown, reason, detail) => {
    expect(sqliteFailure('commit', thrown)).toMatchObject({
      ...{ code: 'HS_STORE_UNAVAILABLE', store: 'sqlite', operation: 'commit', outcome: 'unchanged' },
      ...{ reason, detail, cause: thrown },
    });
  });

  it('lets errors of ours pass as they are', () => {
    const error = new StoreArgumentError('list.limit', 'is too much.');
    expect(sqliteFailure('list', error)).toBe(error);
  });

  it('says what to do', () => {
    expect(sqliteFailure('commit', { errcode: 13 }).message).toBe(
      'The SQLite store failed at "commit" (SQLITE_FULL): the disk is full. Free some space; no restart is needed.',
    );
  });
});
