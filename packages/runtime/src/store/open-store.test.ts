import { describe, expect, it } from 'vitest';
import { openStore } from './open-store.ts';

describe('openStore', () => {
  it.each([
    ['memory', 'memory', false],
    [' memory\n', 'memory', false],
    ['sqlite', 'sqlite', false],
    ['sqlite:calls.db', 'sqlite', false],
    ['sqlite:/var/lib/hookswitch/calls.db', 'sqlite', false],
    ['sqlite:C:\\calls.db', 'sqlite', false],
    ['postgres://user:secret@db.example/calls?sslmode=verify-full', 'postgres', true],
    ['postgresql://localhost/calls', 'postgres', true],
    ['postgres://user@/calls?host=/var/run/postgresql', 'postgres', true],
  ])('%j is a store of its kind', (url, kind, shared) => {
    expect(openStore(url)).toMatchObject({ kind, shared });
  });

  it.each([
    ['', 'names no store.'],
    ['memory:x', '"memory" stands alone'],
    ['sqlite:', '"sqlite:" names no file.'],
    ['sqlite://calls.db', 'without "//"'],
    ['sqlite::memory:', 'createMemoryStore()'],
    ['postgress://localhost/calls', '"postgress" is no kind of store. Did you mean "postgres"?'],
    ['SQLite:calls.db', 'Did you mean "sqlite"?'],
    ['mem', '"mem" is no kind of store.'],
    ['mysql://localhost/calls', '"mysql" is no kind of store.'],
    ['redis', '"redis" is no kind of store.'],
    ['./calls.db', 'begins with no kind of store.'],
    ['postgres:calls', 'must begin with postgres:// or postgresql://'],
    ['postgres', 'must begin with postgres://'],
    ['postgres://user:p@ss:word@host:none/calls', 'percent-encoded'],
  ])('%j is refused: %s', (url, message) => {
    expect(() => openStore(url)).toThrow(expect.objectContaining({ code: 'HS_STORE_ARGUMENT', message: expect.stringContaining(message) }));
  });

  it.each(['postgres://user:hunter2@host:none/calls', 'hunter2@host', 'user:hunter2@host/calls', 'mysql://user:hunter2@host'])(
    'repeats no secret of %j',
    (url) => {
      expect(() => openStore(url)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }));
    },
  );

  it('lists the forms in every refusal of its own', () => {
    expect(() => openStore('redis://localhost')).toThrow('Give memory, sqlite:FILE (e.g. sqlite:.hookswitch/calls.db), or postgres://');
  });

  it('hands on what a URL can not say', () => {
    expect(() => openStore('sqlite:a.db', { sqlite: { synchronous: 'OFF' as 'FULL' } })).toThrow('must be one of FULL, NORMAL');
    expect(() => openStore('postgres://localhost/calls', { postgres: { schema: 'no schema' } })).toThrow('createPostgresStore.schema');
  });
});
