import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../../clock.test-support.ts';
import type { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { type Database, loadSqlite } from './driver.ts';
import { temporaryFolder } from './folder.test-support.ts';
import { GroupCommit } from './group-commit.ts';
import type { LockWait } from './lock-wait.ts';

const { DatabaseSync } = await loadSqlite();
const folder = temporaryFolder();
let files = 0;

interface Setting {
  readonly file: string;
  readonly database: Database;
  readonly group: GroupCommit;
  /** Writes a number. */
  put(value: number): Promise<unknown>;
  values(): number[];
  /** Transactions in the file so far: each ends in the write-ahead log with a frame that tells the size of the database. */
  transactions(): number;
}

function setUp(lockWait?: LockWait): Setting {
  const file = join(folder, `${++files}.db`);
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = WAL; CREATE TABLE numbers (value INTEGER NOT NULL UNIQUE, text TEXT)');
  const insert = database.prepare('INSERT INTO numbers (value) VALUES (?)');
  const group = new GroupCommit(database, lockWait);
  const all = database.prepare('SELECT value FROM numbers ORDER BY value');
  return {
    file,
    database,
    group,
    put: (value) => group.write('put', () => insert.run(value)),
    values: () => all.all().map((row) => (row as { value: number }).value),
    transactions: () => {
      const log = readFileSync(`${file}-wal`);
      const page = log.readUInt32BE(8);
      let commits = 0;
      for (let frame = 32; frame + 24 + page <= log.length; frame += 24 + page) if (log.readUInt32BE(frame + 4) !== 0) commits++;
      return commits;
    },
  };
}

describe('GroupCommit', () => {
  it('runs what arrives together in one transaction', async () => {
    const { put, values, transactions } = setUp();
    const before = transactions();
    await Promise.all(Array.from({ length: 50 }, (_, index) => put(index)));
    expect([values().length, transactions() - before]).toEqual([50, 1]);
  });

  it('runs what arrives later in a transaction of its own', async () => {
    const { put, transactions } = setUp();
    const before = transactions();
    await put(1);
    await put(2);
    expect(transactions() - before).toBe(2);
  });

  it('resolves in the order of arrival, with what the work returned', async () => {
    const { group } = setUp();
    const order: number[] = [];
    const results = await Promise.all([3, 1, 2].map((value) => group.write('say', () => value).finally(() => order.push(value))));
    expect([results, order]).toEqual([
      [3, 1, 2],
      [3, 1, 2],
    ]);
  });

  it('undoes only the work that fails', async () => {
    const { put, group, values } = setUp();
    const failing = group.write('put', () => {
      void put(8);
      throw new TypeError('no');
    });
    const [before, failed, twice, after] = await Promise.allSettled([put(1), failing, put(1), put(2)]);
    expect([before, after].map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'HS_STORE_UNAVAILABLE', operation: 'put', reason: 'failed' } });
    expect(twice).toMatchObject({ status: 'rejected', reason: { cause: { errcode: 2067 } } });
    await put(3);
    expect(values()).toEqual([1, 2, 3, 8]);
  });

  it('undoes what a work that says "conflict" has written', async () => {
    const { database, group, put, values } = setUp();
    const conflicting = group.write('put', () => {
      database.exec('INSERT INTO numbers (value) VALUES (5)');
      return 'conflict' as const;
    });
    expect(await Promise.all([conflicting, put(6)])).toMatchObject(['conflict', {}]);
    expect(values()).toEqual([6]);
  });

  it('rejects everybody when the disk is full, keeps nothing, and works on once there is room', async () => {
    const { database, group, put, values } = setUp();
    await put(1);
    database.exec('PRAGMA max_page_count = 4');
    const big = database.prepare('INSERT INTO numbers (value, text) VALUES (?, ?)');
    const results = await Promise.allSettled([put(2), group.write('fill', () => big.run(3, 'x'.repeat(100_000)))]);
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { reason: 'full', detail: 'SQLITE_FULL', outcome: 'unchanged' } });
    expect(values()).toEqual(results[0]?.status === 'fulfilled' ? [1, 2] : [1]);
    database.exec('PRAGMA max_page_count = 100000');
    await group.write('fill', () => big.run(4, 'x'.repeat(100_000)));
    expect(values()).toContain(4);
  });

  it('rejects everybody when the transaction can not begin', async () => {
    const { database, put } = setUp();
    database.exec('BEGIN');
    const results = await Promise.allSettled([put(1), put(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('runs a rush in several transactions, and says when it is over', async () => {
    const { group, put, values, transactions } = setUp();
    const before = transactions();
    const rush = Array.from({ length: 600 }, (_, index) => put(index));
    await group.settled();
    expect([values().length, transactions() - before]).toEqual([600, 3]);
    await Promise.all(rush);
  });
});

describe('while another program holds the lock', () => {
  function locked() {
    const clock = new ManualClock();
    const setting = setUp({ lockTimeout: 1_000, retry: 15, clock });
    const other = new DatabaseSync(setting.file);
    onTestFinished(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    const settled: string[] = [];
    const put = (value: number): void => {
      setting.put(value).then(
        () => settled.push(`${value} written`),
        ({ reason }: StoreUnavailableError) => settled.push(`${value} ${reason}`),
      );
    };
    return { ...setting, put, clock, other, settled };
  }

  it('writes wait beside everything else, and are made once it is free, together and in their order', async () => {
    const { put, clock, other, settled, values } = locked();
    put(2);
    await clock.advance(500);
    put(1);
    await clock.advance(499);
    expect(settled).toEqual([]);
    other.exec('ROLLBACK');
    await clock.advance(15);
    expect([settled, values()]).toEqual([
      ['2 written', '1 written'],
      [1, 2],
    ]);
  });

  it('each write waits as long as it may, and no longer', async () => {
    const { put, clock, settled, group } = locked();
    put(1);
    await clock.advance(400);
    put(2);
    const over = group.settled();
    await clock.advance(615);
    expect(settled).toEqual(['1 busy']);
    await clock.advance(400);
    expect(settled).toEqual(['1 busy', '2 busy']);
    await over;
  });
});
