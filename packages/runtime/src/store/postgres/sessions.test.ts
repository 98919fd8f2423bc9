import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, testPool, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { startTransactionPooler, type TransactionPooler } from '../../../../../test/support/transaction-pooler.ts';
import { aTurn, entries, insert, next, NOON } from '../contract/call.ts';
import type { CallRecord, Store } from '../store.ts';
import type { PostgresStoreOptions } from './options.ts';
import { createPostgresStore } from './postgres-store.ts';

let postgres: TestPostgres;
let pooler: TransactionPooler;
const opened: Store[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  pooler = await startTransactionPooler(postgres.connectionString);
});

afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

afterAll(async () => {
  await pooler.stop();
  await postgres.stop();
});

async function open(options: PostgresStoreOptions = {}): Promise<Store> {
  const store = createPostgresStore({ connectionString: pooler.connectionString, statementTimeout: 20_000, ...options });
  opened.push(store);
  await store.open();
  return store;
}

/** How many transactions `work` takes. */
async function transactionsOf(work: () => Promise<unknown>): Promise<number> {
  const before = pooler.transactions();
  await work();
  return pooler.transactions() - before;
}

describe('behind a transaction pooler', () => {
  it('migrates, commits and reads, from many clients over few connections', async () => {
    const stores = await Promise.all([open({ schema: 'pooled' }), open({ schema: 'pooled' })]);
    const store = (index: number): Store => stores[index % 2] as Store;
    const calls = await Promise.all(Array.from({ length: 40 }, (_, index) => insert(store(index), {}, { turn: aTurn(0) })));
    await Promise.all(
      calls.map((call, index) => store(index + 1).commit({ call: next(call, { journalLength: 1 }), journal: entries(0, '1') })),
    );
    const stored = await Promise.all(calls.map(({ id }, index) => store(index).load({ id })));
    expect(stored.map((one) => [one?.call.revision, one?.journal.length])).toEqual(calls.map(() => [2, 1]));
    expect(await store(0).prune(NOON, 10)).toBe(0);
    await store(1).ping();
  });

  it('begins with no parameter that a pooler refuses', async () => {
    await open();
    expect(pooler.startupParameters().filter((name) => !/^(user|database|client_encoding|application_name)$/.test(name))).toEqual([]);
  });

  it('commits everything of a turn in one statement', async () => {
    const store = await open({ preparedStatements: false });
    const call = await insert(store);
    const change = {
      call: next(call, { journalLength: 2, sessionId: 'other' }),
      ...{ journal: entries(0, '1', '2'), turn: aTurn(0), timeline: [{ at: NOON, kind: 'log', data: '{}' }] },
      rewrite: { journal: [], turns: [aTurn(9)] },
    };
    expect(await transactionsOf(() => store.commit(change))).toBe(1);
  });

  it('commits, loads, adds and notes in one statement each what arrives together', async () => {
    const store = await open({ preparedStatements: false });
    const calls = await Promise.all(Array.from({ length: 20 }, () => insert(store)));
    const all = (work: (call: CallRecord) => Promise<unknown>) => transactionsOf(() => Promise.all(calls.map(work)));
    expect(await all((call) => store.commit({ call: next(call, { journalLength: 1 }), journal: entries(0, '1'), turn: aTurn(0) }))).toBe(1);
    expect(await all(({ id }) => store.load({ id }))).toBe(1);
    expect(await all(({ sessionId }) => store.load({ subAccountId: 'acme', sessionId: sessionId ?? '' }))).toBe(1);
    expect(await all(({ id }) => store.append(id, [{ at: NOON, kind: 'log', data: '{}' }]))).toBe(1);
    expect(await all(({ id }) => store.touch(id, NOON, NOON))).toBe(1);
    expect(await all(({ id }) => store.timeline(id))).toBe(1);
  });

  it('loads a call with its journal in one statement', async () => {
    const store = await open({ preparedStatements: false });
    const call = await insert(store, { journalLength: 3 }, { journal: entries(0, '1', '2', '3') });
    expect(await transactionsOf(() => store.load({ id: call.id }))).toBe(1);
    expect(await transactionsOf(() => store.load({ subAccountId: 'acme', sessionId: call.sessionId ?? '' }))).toBe(1);
  });

  it('asks for nothing more than the schema when it opens what is migrated', async () => {
    await open();
    expect(await transactionsOf(() => open())).toBe(2);
  });
});

describe('named prepared statements', () => {
  const namesOf = async (options: PostgresStoreOptions): Promise<unknown[]> => {
    const pool = testPool(postgres.connectionString, 1);
    const store = createPostgresStore({ pool, statementTimeout: 20_000, ...options });
    await store.open();
    await insert(store);
    await store.load({ id: 'any' });
    await store.load({ id: 'other' });
    const { rows } = await pool.query("SELECT name FROM pg_prepared_statements WHERE name <> ''");
    await store.close();
    await pool.end();
    return rows;
  };

  it('are kept once per text', async () => {
    expect((await namesOf({})).length).toBeGreaterThanOrEqual(2);
  });

  it('are not left behind where an option says so', async () => {
    expect(await namesOf({ preparedStatements: false })).toEqual([]);
  });

  it('are given up behind a pooler that does not keep them, and every operation succeeds', async () => {
    const store = await open({ schema: 'forgetful', maxConnections: 8 });
    const calls = await Promise.all(Array.from({ length: 24 }, () => insert(store)));
    await Promise.all(calls.map((call) => store.commit({ call: next(call) })));
    const stored = await Promise.all(calls.map(({ id }) => store.load({ id })));
    expect(stored.map((one) => one?.call.revision)).toEqual(calls.map(() => 2));
  });
});
