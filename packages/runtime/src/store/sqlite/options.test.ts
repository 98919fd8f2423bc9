import { describe, expect, it } from 'vitest';
import { sqliteOptions, type SqliteStoreOptions } from './options.ts';

describe('options of the SQLite store', () => {
  it('have defaults', () => {
    expect(sqliteOptions({})).toEqual({ file: '.hookswitch/calls.db', synchronous: 'FULL', busyTimeout: 1000, readOnly: false });
  });

  it.each<[string, object, string]>([
    ['an unknown name', { path: 'calls.db' }, 'createSqliteStore.path: there is no such key. Known are file, synchronous'],
    ['a misspelt name', { busyTimout: 5 }, 'Did you mean "busyTimeout"?'],
    ['no file', { file: '' }, 'createSqliteStore.file'],
    ['a store that forgets', { file: ':memory:' }, 'createMemoryStore()'],
    ['a URL', { file: 'file:calls.db?mode=ro' }, 'createSqliteStore.file'],
    ['another word', { synchronous: 'OFF' }, 'must be one of FULL, NORMAL; got "OFF"'],
    ['a wait that is too long', { busyTimeout: 60_001 }, 'createSqliteStore.busyTimeout'],
    ['a wait in words', { busyTimeout: '1s' }, 'createSqliteStore.busyTimeout'],
    ['another truth', { readOnly: 1 }, 'createSqliteStore.readOnly'],
  ])('refuse %s', (_, options, message) => {
    expect(() => sqliteOptions(options as SqliteStoreOptions)).toThrow(
      expect.objectContaining({ code: 'HS_STORE_ARGUMENT', message: expect.stringContaining(message) }),
    );
  });
});
