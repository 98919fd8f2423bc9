import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, testPool, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { ManualClock } from '../../clock.test-support.ts';
import { aCall, aTurn, entries, insert, next, NOON } from '../contract/call.ts';
import type { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import type { Store } from '../store.ts';
import type { PostgresStoreOptions } from './options.ts';
import { createPostgresStore, createPostgresStoreIn } from './postgres-store.ts';

let postgres: TestPostgres;
let admin: pg.Client;
const opened: Store[] = [];

async function connectAdmin(): Promise<void> {
  admin = new pg.Client(postgres.connectionString);
  admin.on('error', () => undefined);
  await admin.connect();
}

beforeAll(async () => {
  postgres = await startPostgres();
  await connectAdmin();
});

afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

afterAll(async () => {
  await admin.end();
  await postgres.stop();
});

async function open(options: PostgresStoreOptions = {}): Promise<Store> {
  const store = createPostgresStore({
    connectionString: postgres.connectionString,
    maxConnections: 3,
    statementTimeout: 20_000,
    ...options,
  });
  opened.push(store);
  await store.open();
  return store;
}

describe('a Postgres that is slow', () => {
  async function slow(options: PostgresStoreOptions = {}) {
    const clock = new ManualClock();
    const store = createPostgresStoreIn(clock, { connectionString: postgres.connectionString, statementTimeout: 60_000, ...options });
    opened.push(store);
    await store.open();
    /** Lets the time pass that an operation may take, once so many wait for a lock. */
    const timeOut = async (waiting: number): Promise<void> => {
      const count = async (): Promise<unknown> =>
        (await admin.query('SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted')).rows;
      await expect.poll(count).toEqual([{ waiting }]);
      await clock.advance(60_000);
    };
    return { store, timeOut };
  }

  it('makes operations reject in time, and serves again afterwards', async () => {
    const { store, timeOut } = await slow();
    const call = await insert(store);
    await admin.query('BEGIN; LOCK TABLE hookswitch.calls');
    const results = Promise.allSettled([store.load({ id: call.id }), store.commit({ call: next(call) })]);
    await timeOut(2);
    const [load, commit] = await results;
    expect(load).toMatchObject({ reason: { code: 'HS_STORE_UNAVAILABLE', reason: 'timeout', outcome: 'unchanged' } });
    expect(commit).toMatchObject({ reason: { code: 'HS_STORE_UNAVAILABLE', reason: 'timeout', outcome: 'unknown' } });
    await admin.query('ROLLBACK');
    expect((await store.load({ id: call.id }))?.call.id).toBe(call.id);
  });

  it('makes the wait for a connection part of the time', async () => {
    const { store, timeOut } = await slow({ maxConnections: 1 });
    await admin.query('BEGIN; LOCK TABLE hookswitch.calls');
    const turns = Promise.allSettled(Array.from({ length: 8 }, () => store.turns('any')));
    await timeOut(1);
    const reasons = (await turns).map((one) => one.status === 'rejected' && (one.reason as StoreUnavailableError).reason);
    await admin.query('ROLLBACK');
    expect(reasons).toEqual(['timeout', ...Array.from({ length: 7 }, () => 'exhausted')]);
    expect(await store.load({ id: 'any' })).toBeNull();
  });

  it('lets a commit whose outcome was unknown be repeated', async () => {
    const { store, timeOut } = await slow();
    const call = await insert(store);
    const change = { call: next(call, { journalLength: 1 }), journal: entries(0, '1') };
    await admin.query('BEGIN; LOCK TABLE hookswitch.journal');
    const unknown = expect(store.commit(change)).rejects.toMatchObject({ outcome: 'unknown' });
    await timeOut(1);
    await unknown;
    await admin.query('ROLLBACK');
    await expect.poll(() => store.commit(change)).toBe('conflict');
    expect((await store.load({ id: call.id }))?.journal).toStrictEqual(entries(0, '1'));
  });
});

describe('a look at the store', () => {
  it('has a connection of its own, so that it waits for no call, and no call for it', async () => {
    const store = await open({ statementTimeout: 20_000, maxConnections: 1 });
    await admin.query('BEGIN; LOCK TABLE hookswitch.turns');
    const call = store.turns('any');
    await store.ping();
    expect(await store.liveCounts()).toBeInstanceOf(Array);
    await admin.query('ROLLBACK; BEGIN; LOCK TABLE hookswitch.pulse');
    await call;
    const looks = [store.ping(), store.ping(), store.ping()];
    expect(await store.turns('any')).toEqual([]);
    await admin.query('ROLLBACK');
    await Promise.all(looks);
  });
});

describe('a Postgres that goes away', () => {
  it('makes operations reject while it is gone; they work again once it is back', async () => {
    const store = await open({ maxConnections: 5 });
    const call = await insert(store);
    await Promise.all(Array.from({ length: 5 }, () => store.load({ id: call.id })));
    await postgres.halt();
    await expect(store.commit({ call: next(call) })).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', reason: 'unreachable' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE' });
    await postgres.start();
    await connectAdmin();
    expect(await store.commit({ call: next(call) })).toBe('committed');
  });

  it('makes an operation that is under way reject without a known outcome', async () => {
    const store = await open({ statementTimeout: 20_000 });
    const call = await insert(store);
    await admin.query('BEGIN; LOCK TABLE hookswitch.calls');
    const committing = store.commit({ call: next(call) });
    const rejected = expect(committing).rejects.toMatchObject({ reason: 'unreachable', store: 'postgres', operation: 'commit' });
    await postgres.restart();
    await rejected;
    await connectAdmin();
    expect((await store.load({ id: call.id }))?.call.revision).toBe(1);
  });

  it('makes open reject, and open works once it is there', async () => {
    await postgres.halt();
    const store = createPostgresStore({ connectionString: postgres.connectionString });
    opened.push(store);
    await expect(store.open()).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', operation: 'open', reason: 'unreachable' });
    await postgres.start();
    await connectAdmin();
    await store.open();
    await store.ping();
  });
});

describe('a Postgres that refuses', () => {
  it.each([
    ['a wrong password', { password: 'hunter2-wrong' }, 'SQLSTATE 28P01'],
    ['an unknown database', { pathname: '/nowhere' }, 'SQLSTATE 3D000'],
  ])('names %s without a secret', async (_, change, detail) => {
    const { href } = Object.assign(new URL(postgres.connectionString), change);
    const store = createPostgresStore({ connectionString: href });
    const error: unknown = await store.open().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'HS_STORE_UNAVAILABLE', reason: 'refused', detail, cause: { severity: 'FATAL' } });
    expect(String(error)).not.toMatch(/hunter2|127\.0\.0\.1|postgres:\/\//);
  });

  it('names a standby, which accepts no writes, at the ping', async () => {
    const store = await open();
    await admin.query('ALTER ROLE postgres SET default_transaction_read_only = on');
    const reader = await open();
    await expect(reader.ping()).rejects.toMatchObject({ reason: 'read-only', outcome: 'unchanged' });
    await admin.query('ALTER ROLE postgres RESET default_transaction_read_only');
    expect(await reader.load({ id: 'any' })).toBeNull();
    await store.ping();
  });
});

describe('a database that is not UTF-8', () => {
  it.each(['LATIN1', 'SQL_ASCII', 'EUC_JP'])('is refused when it is opened: %s', async (encoding) => {
    const database = `in_${encoding.toLowerCase()}`;
    await admin.query(`CREATE DATABASE ${database} ENCODING '${encoding}' TEMPLATE template0 LOCALE 'C'`);
    const { href } = Object.assign(new URL(postgres.connectionString), { pathname: `/${database}` });
    const refused = createPostgresStore({ connectionString: href }).open();
    await expect(refused).rejects.toMatchObject({ reason: 'encoding', detail: `server_encoding ${encoding}` });
    await expect(refused).rejects.toThrow("CREATE DATABASE calls ENCODING 'UTF8' TEMPLATE template0");
  });
});

describe('two servers on one Postgres', () => {
  it('see what the other has committed, and only one of them wins', async () => {
    const [one, other] = [await open(), await open()];
    const call = await insert(one, {}, { turn: aTurn(0) });
    expect((await other.load({ id: call.id }))?.call).toStrictEqual(call);
    const outcomes = await Promise.all([one, other].map((store) => store.commit({ call: next(call), turn: aTurn(1) })));
    expect(outcomes.sort()).toEqual(['committed', 'conflict']);
  });

  it('begin the same sessions at once, in whatever order, without a deadlock', async () => {
    const [one, other] = [await open(), await open()];
    for (let round = 0; round < 10; round++) {
      const sessions = Array.from({ length: 60 }, (_, index) => `session-${round}-${index}`);
      const outcomes = await Promise.all(
        [...sessions, ...sessions.toReversed()].map((sessionId, index) =>
          (index < sessions.length ? one : other).commit({ call: aCall({ sessionId }), turn: aTurn(0) }),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(sessions.length);
    }
    const { rows } = await admin.query('SELECT sum(deadlocks)::int AS deadlocks FROM pg_stat_database');
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });

  it('prune at once without waiting for each other', async () => {
    const [one, other] = [await open(), await open()];
    const calls = await Promise.all(Array.from({ length: 30 }, () => insert(one, { endedAt: NOON, status: 'ended' })));
    const pruned = await Promise.all([one.prune(NOON + 1, 30), other.prune(NOON + 1, 30), one.prune(NOON + 1, 30)]);
    expect(pruned.reduce((sum, count) => sum + count)).toBe(calls.length);
  });

  it('conflict under a stricter isolation level, too', async () => {
    await admin.query("ALTER ROLE postgres SET default_transaction_isolation = 'serializable'");
    const [one, other] = [await open(), await open()];
    await admin.query('ALTER ROLE postgres RESET default_transaction_isolation');
    const call = await insert(one);
    const outcomes = await Promise.all([one, other, one, other].map((store) => store.commit({ call: next(call) })));
    expect(outcomes.sort()).toEqual(['committed', 'conflict', 'conflict', 'conflict']);
  });
});

describe('a pool of the caller', () => {
  it('is used, and stays open', async () => {
    const pool = testPool(postgres.connectionString, 2);
    const store = createPostgresStore({ pool });
    await store.open();
    const call = aCall();
    expect(await store.commit({ call })).toBe('committed');
    await store.close();
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });
});
