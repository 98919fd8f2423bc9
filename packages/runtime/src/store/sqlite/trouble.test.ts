import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { insert, next } from '../contract/call.ts';
import { KNOWN_SCHEMA } from '../migrations/index.ts';
import type { Store } from '../store.ts';
import { type Database, loadSqlite } from './driver.ts';
import { temporaryFolder } from './folder.test-support.ts';
import { createSqliteStore } from './sqlite-store.ts';

const { DatabaseSync } = await loadSqlite();
const folder = temporaryFolder();
let files = 0;
const newFile = (): string => join(folder, `${++files}.db`);

async function open(file: string, readOnly = false): Promise<Store> {
  const store = createSqliteStore({ file, busyTimeout: 20, readOnly });
  onTestFinished(() => store.close());
  await store.open();
  return store;
}

/** Another program that has the file open. */
function intrude(file: string): Database {
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  return database;
}

describe('a SQLite file that others lock', () => {
  it('makes commits reject, and takes them again once it is free; reading goes on', async () => {
    const file = newFile();
    const store = await open(file);
    const call = await insert(store);
    const other = intrude(file);
    other.exec('BEGIN IMMEDIATE');
    const busy = { code: 'HS_STORE_UNAVAILABLE', reason: 'busy', outcome: 'unchanged', detail: 'SQLITE_BUSY' };
    await expect(store.commit({ call: next(call) })).rejects.toMatchObject(busy);
    await expect(store.ping()).rejects.toMatchObject(busy);
    expect((await store.load({ id: call.id }))?.call.revision).toBe(1);
    other.exec('ROLLBACK');
    expect(await store.commit({ call: next(call) })).toBe('committed');
    await store.ping();
  });
});

describe('a path that is no store', () => {
  it.each([
    ['a file that is no database', (path: string) => writeFileSync(path, 'calls\n'.repeat(1000)), 'damaged'],
    ['a folder', (path: string) => mkdirSync(path), 'not-openable'],
  ])('%s makes open reject', async (_, make, reason) => {
    const file = newFile();
    make(file);
    await expect(open(file)).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', operation: 'open', reason });
  });

  it('a folder that can not be made makes open reject', async () => {
    writeFileSync(join(folder, 'plain'), '');
    await expect(open(join(folder, 'plain', 'deep', 'calls.db'))).rejects.toMatchObject({
      code: 'HS_STORE_UNAVAILABLE',
      operation: 'open',
    });
  });

  it('nothing at all makes only a look reject', async () => {
    const file = join(folder, 'new', 'deep', 'calls.db');
    await expect(open(file, true)).rejects.toMatchObject({ reason: 'not-openable' });
    await insert(await open(file));
  });

  it('does not keep the lock when it could not be opened', async () => {
    const file = newFile();
    writeFileSync(file, 'calls\n'.repeat(1000));
    await expect(open(file)).rejects.toMatchObject({ reason: 'damaged' });
    await expect(open(file)).rejects.toMatchObject({ reason: 'damaged' });
  });
});

describe('a SQLite file that is removed or replaced while it is open', () => {
  it('is missed by the ping', async () => {
    const file = newFile();
    const store = await open(file);
    await store.ping();
    renameSync(file, `${file}.old`);
    await expect(store.ping()).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', reason: 'gone' });
    renameSync(`${file}.old`, file);
    await store.ping();
  });
});

describe('a new SQLite file', () => {
  it.skipIf(process.platform === 'win32')('is readable for its owner only', async () => {
    const file = newFile();
    await insert(await open(file));
    expect([file, `${file}-wal`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  });
});

describe('the schema of a SQLite file', () => {
  async function migrated(change: string): Promise<string> {
    const file = newFile();
    const store = await open(file);
    await store.close();
    const database = new DatabaseSync(file);
    database.exec(change);
    database.close();
    return file;
  }
  const later = (oldest: number): string =>
    `INSERT INTO migrations (version, name, oldest) VALUES (${KNOWN_SCHEMA + 1}, 'later', ${oldest})`;

  it('of a later release is refused when it can not be read', async () => {
    const file = await migrated(later(KNOWN_SCHEMA + 1));
    const refusal = { code: 'HS_STORE_SCHEMA', problem: 'newer', found: KNOWN_SCHEMA + 1, known: KNOWN_SCHEMA };
    await expect(open(file)).rejects.toMatchObject(refusal);
    await expect(open(file, true)).rejects.toMatchObject(refusal);
  });

  it('of a later release that only expanded is served', async () => {
    await insert(await open(await migrated(later(1))));
  });

  it('that lacks migrations is missed by the ping, and by a look', async () => {
    const file = newFile();
    const store = await open(file);
    intrude(file).exec('DELETE FROM migrations');
    await expect(store.ping()).rejects.toMatchObject({ code: 'HS_STORE_SCHEMA', problem: 'behind', found: 0 });
    intrude(file).exec('DROP TABLE migrations');
    await expect(open(file, true)).rejects.toMatchObject({ code: 'HS_STORE_SCHEMA', problem: 'behind' });
  });

  it('that can not be brought up to date is left as it was', async () => {
    const file = newFile();
    intrude(file).exec('CREATE TABLE orphans (a)');
    await expect(open(file)).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', reason: 'failed' });
    expect(intrude(file).prepare('SELECT name FROM sqlite_master').all()).toMatchObject([{ name: 'orphans' }]);
  });
});
