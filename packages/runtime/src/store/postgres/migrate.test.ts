import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { insert, next } from '../contract/call.ts';
import { firstRelease } from '../migrations/first-release.test-support.ts';
import { KNOWN_SCHEMA } from '../migrations/index.ts';
import type { Store } from '../store.ts';
import { createPostgresStore } from './postgres-store.ts';

let postgres: TestPostgres;
let admin: pg.Client;
let schema = '';
let schemas = 0;
const opened: Store[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  admin = new pg.Client(postgres.connectionString);
  await admin.connect();
});

beforeEach(() => {
  schema = `s${++schemas}`;
});

afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

afterAll(async () => {
  await admin.end();
  await postgres.stop();
});

async function open(connectionString = postgres.connectionString): Promise<Store> {
  const store = createPostgresStore({ connectionString, schema, statementTimeout: 20_000 });
  opened.push(store);
  await store.open();
  return store;
}

/** As a later release would leave it. */
async function migrateFurther(oldest: number): Promise<void> {
  await admin.query(`INSERT INTO ${schema}.migrations (version, name, oldest) VALUES ($1, 'later', $2)`, [KNOWN_SCHEMA + 1, oldest]);
}

describe('migrations in Postgres', () => {
  it('run once, though several servers start at the same time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => open()));
    const { rows } = await admin.query(`SELECT version FROM ${schema}.migrations ORDER BY version`);
    expect(rows).toEqual(Array.from({ length: KNOWN_SCHEMA }, (_, index) => ({ version: index + 1 })));
  });

  it('leave nothing behind when one fails', async () => {
    await admin.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.orphans ()`);
    await expect(open()).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', operation: 'open', detail: 'SQLSTATE 42P07' });
    expect((await admin.query('SELECT to_regclass($1) AS calls', [`${schema}.calls`])).rows).toEqual([{ calls: null }]);
    await admin.query(`DROP TABLE ${schema}.orphans`);
    await open();
  });

  it('delete the tags of a call with it, and keep them where it changes, also by a release that does not know them', async () => {
    const store = await open();
    const tags = { reason: 'billing', amount: 1 };
    for (const id of ['gone', 'kept']) await insert(store, { id, tags, result: '7' }, { tags: ['reason', 'amount'] });
    // As the release before commits: an insert that finds its row there, of the columns that it knows.
    const known =
      'id, sub_account_id, flow, flow_version, direction, to_number, status, started_at, site, turn, revision, journal_length, seen_at, state';
    await admin.query(`INSERT INTO ${schema}.calls (number, ${known}) OVERRIDING SYSTEM VALUE SELECT number, ${known} FROM ${schema}.calls WHERE id = 'kept'
      ON CONFLICT (number) DO UPDATE SET site = 'moved', revision = excluded.revision + 1`);
    await admin.query(`DELETE FROM ${schema}.calls WHERE id = 'gone'`);
    expect((await admin.query(`SELECT count(*)::int AS count FROM ${schema}.call_tags`)).rows).toEqual([{ count: 2 }]);
    const { calls } = await store.list({ tags: [{ name: 'reason', compare: '=', value: 'billing' }] });
    expect(calls).toMatchObject([{ id: 'kept', site: 'moved', revision: 2, tags, result: '7' }]);
  });

  it('give way to a later release that only expanded', async () => {
    const store = await open();
    await migrateFurther(1);
    await store.ping();
    await insert(await open());
  });

  it('leave a server of the first release working, whose calls have no last site', async () => {
    await admin.query(`CREATE SCHEMA ${schema}; ${firstRelease('postgres', schema)}`);
    const store = await open();
    const { call } = (await store.load({ id: 'old' })) ?? {};
    if (call === undefined) throw new TypeError('the test has no call');
    const over = next(call, { site: 'closed', lastSite: 'main', status: 'ended' });
    expect([call.lastSite, await store.commit({ call: over })]).toEqual([null, 'committed']);
    await admin.query(`UPDATE ${schema}.calls SET site = 'closed', revision = 3 WHERE id = 'old'`);
    expect((await store.list({ site: 'main' })).calls).toEqual([{ ...over, revision: 3 }]);
    await store.ping();
  });

  it('give up in front of a table that somebody reads for long, so that no turn waits behind them', async () => {
    await admin.query(`CREATE SCHEMA ${schema}; ${firstRelease('postgres', schema)}`);
    await admin.query(`BEGIN; LOCK TABLE ${schema}.calls IN ACCESS SHARE MODE`);
    await expect(open()).rejects.toMatchObject({ reason: 'timeout', outcome: 'unchanged', detail: 'SQLSTATE 55P03' });
    await admin.query('COMMIT');
    await open();
  });

  it('refuse what a later release has made unreadable, at open and at the ping', async () => {
    const store = await open();
    await migrateFurther(KNOWN_SCHEMA + 1);
    const refusal = { code: 'HS_STORE_SCHEMA', problem: 'newer', found: KNOWN_SCHEMA + 1, known: KNOWN_SCHEMA };
    await expect(store.ping()).rejects.toMatchObject(refusal);
    await expect(open()).rejects.toMatchObject(refusal);
  });

  it.each([
    ['a migration was undone', () => `DELETE FROM ${schema}.migrations`],
    ['the schema was dropped', () => `DROP SCHEMA ${schema} CASCADE`],
  ])('are missed by the ping when %s', async (_, undo) => {
    const store = await open();
    await admin.query(undo());
    await expect(store.ping()).rejects.toMatchObject({ code: 'HS_STORE_SCHEMA', problem: 'behind', found: 0 });
  });

  it('need no rights where somebody else has run them', async () => {
    await open();
    await admin.query(`CREATE ROLE ${schema} LOGIN PASSWORD 'p'; GRANT USAGE ON SCHEMA ${schema} TO ${schema};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${schema}`);
    const { href } = Object.assign(new URL(postgres.connectionString), { username: schema, password: 'p' });
    const store = await open(href);
    await store.ping();
    await insert(store);
  });

  it('need no right to make a schema where one was made for them', async () => {
    await admin.query(`CREATE ROLE ${schema} LOGIN PASSWORD 'p'; CREATE SCHEMA ${schema} AUTHORIZATION ${schema}`);
    const { href } = Object.assign(new URL(postgres.connectionString), { username: schema, password: 'p' });
    await insert(await open(href));
  });

  it('say what is missing to somebody who may make nothing', async () => {
    await admin.query(`CREATE ROLE ${schema} LOGIN PASSWORD 'p'`);
    const { href } = Object.assign(new URL(postgres.connectionString), { username: schema, password: 'p' });
    await expect(open(href)).rejects.toMatchObject({ reason: 'refused', detail: 'SQLSTATE 42501' });
  });
});
