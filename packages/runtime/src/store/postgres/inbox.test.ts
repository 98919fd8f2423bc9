import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { aCall, anInboxRow, aTurn, insert, NOON } from '../contract/call.ts';
import type { Store } from '../store.ts';
import { createPostgresStore } from './postgres-store.ts';

let postgres: TestPostgres;
/** Another server, in the middle of its work. */
let other: pg.Client;
const opened: Store[] = [];
let sessions = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  other = new pg.Client(postgres.connectionString);
  await other.connect();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await other.query('ALTER ROLE postgres RESET default_transaction_isolation');
});

afterAll(async () => {
  await other.end();
  await postgres.stop();
});

async function open(level = 'read committed'): Promise<Store> {
  await other.query(`ALTER ROLE postgres SET default_transaction_isolation = '${level}'`);
  const store = createPostgresStore({ connectionString: postgres.connectionString, maxConnections: 4, statementTimeout: 20_000 });
  opened.push(store);
  await store.open();
  return store;
}

async function begin(level: string, sessionId: string): Promise<void> {
  await other.query(`BEGIN ISOLATION LEVEL ${level}; SELECT hookswitch.inbox_lock('{acme}', '{${sessionId}}')`);
}

/** Resolves once somebody waits for the lock of a session. */
async function isWaiting(): Promise<void> {
  const count = async (): Promise<unknown> =>
    (await other.query("SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).rows;
  await expect.poll(count).toEqual([{ waiting: 1 }]);
}

const PENDING = (sessionId: string): string => `INSERT INTO hookswitch.inbox (sub_account_id, session_id, kind, digest, at, data, pending)
  VALUES ('acme', '${sessionId}', 'status', 'd', 1, '{}', true)`;
const CALL = (
  sessionId: string,
): string => `INSERT INTO hookswitch.calls (id, sub_account_id, session_id, flow, flow_version, direction, to_number, status,
  started_at, site, turn, revision, journal_length, seen_at, state)
  VALUES ('call of ${sessionId}', 'acme', '${sessionId}', 'support', '1', 'inbound', '1', 'live', 1, 'main', 0, 1, 0, 1, '{}')`;

describe.each(['read committed', 'repeatable read', 'serializable'])('two servers, under %s', (level) => {
  it('a commit sees the webhook that was kept while it waited', async () => {
    const store = await open(level);
    const sessionId = `s${++sessions}`;
    await begin(level, sessionId);
    await other.query(PENDING(sessionId));
    const committing = store.commit({ call: aCall({ sessionId }), takes: [] });
    await isWaiting();
    await other.query('COMMIT');
    expect(await committing).toBe('conflict');
  });

  it('a webhook sees the call that began while it waited', async () => {
    const store = await open(level);
    const sessionId = `s${++sessions}`;
    await begin(level, sessionId);
    await other.query(`SELECT hookswitch.inbox_refused('{a}', '{acme}', '{${sessionId}}', '{[]}'); ${CALL(sessionId)}`);
    const putting = store.put(anInboxRow({ sessionId }), { pending: true });
    await isWaiting();
    await other.query('COMMIT');
    expect(await putting).toBe('conflict');
    expect(await store.inbox('acme', sessionId)).toEqual([]);
  });

  it('begin calls and keep webhooks of the same sessions, in whatever order, without a deadlock', async () => {
    const [one, two] = [await open(level), await open(level)];
    const ids = Array.from({ length: 60 }, () => `s${++sessions}`);
    await Promise.all([
      ...ids.map((sessionId) => one.commit({ call: aCall({ sessionId }), turn: aTurn(0), takes: [] })),
      ...ids.toReversed().map((sessionId) => two.put(anInboxRow({ sessionId }), { pending: true })),
      ...ids.toReversed().map((sessionId) => two.commit({ call: aCall({ sessionId }), turn: aTurn(0), takes: [anInboxRow()] })),
    ]);
    for (const sessionId of ids) {
      const isCall = (await one.load({ subAccountId: 'acme', sessionId })) !== null;
      const pending = (await two.inbox('acme', sessionId)).filter((row) => row.pending);
      expect([sessionId, isCall && pending.length > 0]).toEqual([sessionId, false]);
    }
    const { rows } = await other.query('SELECT sum(deadlocks)::int AS deadlocks FROM pg_stat_database');
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });
});

describe('webhooks on Postgres', () => {
  it('are taken also where they were kept while the commit that names them waited', async () => {
    const store = await open();
    const sessionId = `s${++sessions}`;
    await begin('read committed', sessionId);
    await other.query(PENDING(sessionId));
    const committing = store.commit({ call: aCall({ sessionId }), takes: [anInboxRow()] });
    await isWaiting();
    await other.query('COMMIT');
    expect(await committing).toBe('committed');
    expect(await store.inbox('acme', sessionId)).toMatchObject([{ pending: false }]);
  });

  it('are kept beside one whose call somebody has locked; that one is kept once it is free', async () => {
    const store = await open();
    const calls = await Promise.all(Array.from({ length: 5 }, () => insert(store, { sessionId: `s${++sessions}` })));
    await other.query('BEGIN');
    await other.query('SELECT FROM hookswitch.calls WHERE id = $1 FOR UPDATE', [calls[0]?.id]);
    const [locked, ...others] = calls.map(({ id, sessionId }) =>
      store.put(anInboxRow({ sessionId: sessionId ?? '' }), { pending: false, seen: { callId: id, seenAt: NOON + 1, dueAt: NOON } }),
    );
    expect(await Promise.all(others)).toEqual(others.map(() => 'stored'));
    expect(await store.inbox('acme', calls[0]?.sessionId ?? '')).toEqual([]);
    await other.query('COMMIT');
    expect(await locked).toBe('stored');
    expect((await store.load({ id: calls[0]?.id ?? '' }))?.call.seenAt).toBe(NOON + 1);
  });

  it('of a server of the release before are none: its calls begin without a look', async () => {
    const store = await open();
    const sessionId = `s${++sessions}`;
    await store.put(anInboxRow({ sessionId }), { pending: true });
    await other.query(CALL(sessionId));
    expect(await store.inbox('acme', sessionId)).toMatchObject([{ pending: true }]);
    const { call } = (await store.load({ subAccountId: 'acme', sessionId })) ?? {};
    if (call === undefined) throw new TypeError('the test has no call');
    const taking = { call: { ...call, revision: 2 }, takes: [anInboxRow()] };
    expect(await store.commit(taking)).toBe('committed');
    expect(await store.inbox('acme', sessionId)).toMatchObject([{ pending: false }]);
  });
});
