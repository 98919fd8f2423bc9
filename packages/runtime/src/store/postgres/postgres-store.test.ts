import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, testPool, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { describeStoreContract } from '../contract/index.ts';
import { createPostgresStore } from './postgres-store.ts';

const TABLES = [
  ...[
    'calls',
    'call_tags',
    'signals',
    'journal',
    'turns',
    'timeline',
    'orphans',
    'inbox',
    'audit',
    'count_rows',
    'count_groups',
    'counters',
  ],
  ...['lanes', 'paces', 'campaigns', 'windows', 'recipients', 'attempts', 'people', 'overrides'],
  ...['recipient_counts', 'attempt_counts', 'imports'],
].map((name) => `hookswitch.${name}`);

let postgres: TestPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = testPool(postgres.connectionString, 1);
});

afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

async function open() {
  const store = createPostgresStore({ connectionString: postgres.connectionString, maxConnections: 4, statementTimeout: 20_000 });
  await store.open();
  return store;
}

describeStoreContract('the Postgres store', {
  fresh: async () => {
    const store = await open();
    await pool.query(`TRUNCATE ${TABLES.join(', ')}; UPDATE hookswitch.overrides_state SET revision = 0`);
    return store;
  },
  reopen: async (store) => {
    await store.close();
    return open();
  },
});

it('serves several processes', () => {
  expect(createPostgresStore({ connectionString: 'postgres://localhost/calls' })).toMatchObject({ kind: 'postgres', shared: true });
});
