import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { checkFilter } from '../check-filter.ts';
import { countQueries } from '../count-queries.ts';
import { HOUR } from '../count-row.ts';
import { aCall, anInboxRow, aTurn, entries } from '../contract/call.ts';
import { readQueries } from '../read-queries.ts';
import type { Commit } from '../store.ts';
import { appendQuery } from './appends.ts';
import { commitQuery } from './commit-query.ts';
import { addCounters, takeRows } from './fold-counts.ts';
import { inboxesQuery } from './inboxes.ts';
import { loadQuery } from './loads.ts';
import { createPostgresStore } from './postgres-store.ts';
import { deleteInbox, pruneInbox } from './prune.ts';
import { type Put, putQuery, waitQuery } from './put-query.ts';
import { timelinesQuery } from './timelines.ts';
import { touchQuery } from './touches.ts';

const table = (name: string): string => `"hookswitch".${name}`;
const queries = readQueries(table);
const counts = countQueries(table);

let postgres: TestPostgres;
let client: pg.Client;

/** Twenty thousand calls that are over and a few that are not, each with a turn and an entry. */
const REASON = { name: 'reason', compare: '=', value: 'billing' } as const;
const AMOUNT = { name: 'amount', compare: '>=', value: '1000' } as const;
const FILL = `
  INSERT INTO hookswitch.calls (id, sub_account_id, session_id, flow, flow_version, direction, from_number, to_number, status, started_at, ended_at,
    client_request_id, due_slot, site, turn, revision, journal_length, seen_at, due_at, state)
  SELECT 'call-' || n, 'acme', 's-' || n, 'support', '1', 'inbound', '+6591234567', '+6531589338', CASE WHEN n % 1000 = 0 THEN 'live' ELSE 'ended' END,
    n, CASE WHEN n % 1000 = 0 THEN NULL ELSE n END, 'r-' || n, CASE WHEN n % 1000 = 0 THEN n / 600000 END, 'main', 0, 1, 1, n, n, '{}'
  FROM generate_series(1, 20000) AS n;
  INSERT INTO hookswitch.turns (call, turn, at, event_id, event, answer) SELECT number, 0, 0, 'event', '{}', '{}' FROM hookswitch.calls;
  INSERT INTO hookswitch.journal (call, position, data) SELECT number, 0, '{}' FROM hookswitch.calls;
  INSERT INTO hookswitch.timeline (call_id, at, kind, data) SELECT id, 0, 'log', '{}' FROM hookswitch.calls;
  INSERT INTO hookswitch.call_tags (call, name, text, number, started_at)
  SELECT number, 'reason', CASE WHEN number % 2 = 0 THEN 'billing' ELSE 'agent' END, NULL::double precision, started_at FROM hookswitch.calls
  UNION ALL SELECT number, 'amount', NULL, number, started_at FROM hookswitch.calls;
  INSERT INTO hookswitch.inbox (sub_account_id, session_id, kind, digest, at, data, pending)
  SELECT sub_account_id, session_id, 'status', n, started_at, '{}', false FROM hookswitch.calls, generate_series(1, 3) AS n;
  UPDATE hookswitch.calls SET counted = 1 WHERE number % 500 <> 1;
  INSERT INTO hookswitch.count_groups (flow, version, line, first, last) SELECT 'flow-' || n % 20, n::text, '', 0, 3600000000 FROM generate_series(1, 400) AS n;
  INSERT INTO hookswitch.counters ("group", unit, start, key, count)
  SELECT number, unit, start * 3600000::bigint, 'key', 1 FROM hookswitch.count_groups, generate_series(0, 2) AS unit, generate_series(0, 99) AS start;
  INSERT INTO hookswitch.count_rows (flow, version, line, hour, data) SELECT 'flow-1', '1', '', 0, '{}' FROM generate_series(1, 5000)`;

beforeAll(async () => {
  postgres = await startPostgres();
  const store = createPostgresStore({ connectionString: postgres.connectionString, statementTimeout: 20_000 });
  await store.open();
  await store.close();
  client = new pg.Client(postgres.connectionString);
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await postgres.stop();
});

async function planOf({ text, values }: { readonly text: string; readonly values: readonly unknown[] }, options = ''): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (${options}COSTS OFF) ${text}`, [...values]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function functions(): Promise<void> {
  const taking = commitQuery(table, [{ call: aCall({ id: 'none', revision: 2 }), takes: [] }], 'skip');
  const waiting = waitQuery(table, [aPut('s-7')]);
  for (const { text, values } of [taking, waiting]) await client.query({ text, values: [...values] });
  await client.query("SELECT hookswitch.inbox_take('acme', 's-7')");
}

/** How often each table was read from end to end, and by an index, as far as this session has not handed in the counts. */
async function scans(): Promise<readonly { readonly relname: string; readonly seq_scan: number; readonly idx_scan: number }[]> {
  const { rows } = await client.query<{ relname: string; seq_scan: number; idx_scan: number }>(`SELECT relname, seq_scan::int, idx_scan::int
    FROM pg_stat_xact_user_tables WHERE relname IN ('calls', 'inbox') ORDER BY relname`);
  return rows;
}

type Plan = readonly [name: string, query: { readonly text: string; readonly values: readonly unknown[] }, expected: RegExp];

const aChange = (id: string): Commit => ({
  call: aCall({ id, revision: 2, journalLength: 2 }),
  ...{ journal: entries(1, '{}'), turn: aTurn(0), timeline: [{ at: 0, kind: 'log', data: '{}' }] },
});

const aPut = (callId: string): Put => ({ row: anInboxRow({ sessionId: callId }), seen: { callId, seenAt: 1, dueAt: 2 } });

/** What a turn needs, for these calls together. A connection plans it once, perhaps when there are no calls yet, and keeps the plan while calls come in. */
const ofTurns = (of: string, ids: readonly string[]): Plan[] => [
  [
    `loads by id, ${of}`,
    loadQuery(
      table,
      'id',
      ids.map((id) => ({ id })),
    ),
    /using calls_id_key on calls[^]*journal_pkey[^]*Index Cond: \(call = calls\.number\)/,
  ],
  [
    `loads by session, ${of}`,
    loadQuery(
      table,
      'session',
      ids.map((sessionId) => ({ subAccountId: 'acme', sessionId })),
    ),
    /using calls_session on calls/,
  ],
  [
    `commits, ${of}`,
    commitQuery(table, ids.map(aChange), 'skip'),
    /Arbiter Indexes: calls_pkey[^]*using calls_id_key on calls[^]*using turns_pkey on turns[^]*Index Cond: \(\(call = .*\.number\) AND \(turn = /,
  ],
  [
    `commits that take what is pending, ${of}`,
    commitQuery(
      table,
      ids.map((id) => ({ ...aChange(id), takes: [anInboxRow()] })),
      'skip',
    ),
    /Function Scan on inbox_refused[^]*Arbiter Indexes: calls_pkey[^]*using calls_id_key on calls[^]*using turns_pkey on turns/,
  ],
  [
    `commits that set tags, ${of}`,
    commitQuery(
      table,
      ids.map((id) => {
        const change = aChange(id);
        return { ...change, call: { ...change.call, tags: { reason: 'billing', amount: 7 } }, tags: ['reason', 'amount'] };
      }),
      'skip',
    ),
    /Arbiter Indexes: calls_pkey[^]*using calls_id_key on calls[^]*Arbiter Indexes: call_tags_pkey/,
  ],
  [`webhooks, ${of}`, putQuery(table, ids.map(aPut), 'skip'), /using calls_id_key on calls[^]*Arbiter Indexes: calls_pkey[^]*calls_id_key/],
  [
    `webhooks that wait, ${of}`,
    waitQuery(table, ids.map(aPut)),
    /Function Scan on inbox_wait[^]*Arbiter Indexes: calls_pkey[^]*calls_id_key/,
  ],
  [
    `inboxes, ${of}`,
    inboxesQuery(
      table,
      ids.map((sessionId) => ({ subAccountId: 'acme', sessionId })),
    ),
    /inbox_row/,
  ],
  [`the inboxes of ended calls, ${of}`, { text: deleteInbox(table), values: [ids, ids] }, /inbox_row[^]*inbox_pkey/],
  [
    `additions to timelines, ${of}`,
    appendQuery(
      table,
      ids.map((callId) => ({ callId, rows: [{ at: 0, kind: 'log', data: '{}' }] })),
    ),
    /using calls_id_key on calls/,
  ],
  [`timelines, ${of}`, timelinesQuery(table, ids), /timeline_call/],
  [
    `touches, ${of}`,
    touchQuery(
      table,
      ids.map((callId) => ({ callId, seenAt: 1, dueAt: 2 })),
      'skip',
    ),
    /Arbiter Indexes: calls_pkey[^]*using calls_id_key on calls/,
  ],
];
const OF_TURNS = [...ofTurns('of one call', ['call-7']), ...ofTurns('of two calls', ['call-7', 'call-8'])];

const PLANS: readonly Plan[] = [
  ...OF_TURNS,
  ['a turn', queries.turn('call-7', 0), /using turns_pkey on turns[^]*Index Cond: \(\(call = .*\) AND \(turn = 0\)\)/],
  ['the turn of an event', queries.turnOfEvent('call-7', 'event'), /turns_pkey[^]*Index Cond: \(call = /],
  ['a client request', queries.byClientRequestId('acme', 'r-7'), /using calls_client_request on calls/],
  ['unnumbered calls', queries.unnumbered('acme', '1', '2'), /calls_unnumbered/],
];

describe('queries of the Postgres store', () => {
  it('a commit that takes nothing from the inbox is not concerned with it', () => {
    expect(commitQuery(table, [aChange('a'), aChange('b')], 'skip').text).not.toContain('inbox');
  });

  it.each(OF_TURNS)('%s: by an index on tables that are empty', async (_, { text }, expected) => {
    const plan = await planOf({ text, values: [] }, 'GENERIC_PLAN, ');
    expect(plan).toMatch(expected);
    expect(plan).not.toMatch(/Seq Scan/);
  });

  describe('without statistics', () => {
    beforeAll(async () => {
      // Functions plan what is in them once, too.
      for (let round = 0; round < 8; round++) await functions();
      await client.query(FILL);
    });

    it('functions of the schema read no table from end to end', async () => {
      await client.query('BEGIN');
      // What the session has not handed in yet counts as of this transaction: the scans by which the tables were filled.
      const before = await scans();
      await functions();
      const after = await scans();
      await client.query('ROLLBACK');
      for (const [index, table] of after.entries()) {
        expect([table.relname, table.seq_scan]).toEqual([table.relname, before[index]?.seq_scan]);
        expect(table.idx_scan).toBeGreaterThan(before[index]?.idx_scan ?? 0);
      }
      expect(after.map(({ relname }) => relname)).toEqual(['calls', 'inbox']);
    });

    it.each(PLANS)('%s: by an index', async (_, query, expected) => {
      expect(await planOf(query)).toMatch(expected);
    });
  });

  describe('with statistics', () => {
    beforeAll(() => client.query('ANALYZE'));

    it.each([
      ...PLANS,
      ['old webhooks', { text: pruneInbox(table), values: [5, 10] }, /inbox_at[^]*calls_session/],
      ['due calls', queries.due(1, 2, 3), /calls_due/],
      ['live counts', queries.liveCounts(), /calls_open/],
      ['the newest calls', queries.list(checkFilter({})), /Backward using calls_started on calls/],
      ['the next page', queries.list(checkFilter({ cursor: '1000_7' })), /Backward using calls_started on calls/],
      [
        'calls of a tag',
        queries.list(checkFilter({ tags: [REASON] })),
        /Backward using call_tags_text on call_tags[^]*using calls_pkey on calls/,
      ],
      ['calls of a number', queries.list(checkFilter({ tags: [AMOUNT] })), /call_tags/],
      ['calls of two tags', queries.list(checkFilter({ tags: [AMOUNT, REASON] })), /call_tags_pkey/],
      ['calls in progress of a tag', queries.list(checkFilter({ status: ['live'], tags: [REASON] })), /calls_open[^]*call_tags_pkey/],
      ['calls that are not counted', counts.uncounted(10), /calls_uncounted/],
      [
        'counters of a flow',
        counts.counts({ flow: 'flow-1', since: 5 * HOUR, until: 60 * HOUR }),
        /counters_pkey on counters[^]*Limit\n +-> +Index Scan using count_rows_pkey on count_rows[^]*Limit\n +-> +Index Only Scan using count_rows_pkey on count_rows/,
      ],
      [
        'counters of a version',
        counts.counts({ flow: 'flow-1', version: '1', since: 5 * HOUR, until: 60 * HOUR }),
        /using count_groups_flow_version_line_key on count_groups[^]*counters_pkey on counters/,
      ],
      ['what is to be added', { text: takeRows(table), values: [10] }, /using count_rows_pkey on count_rows[^]*Index Cond: \(number = ANY/],
      ['what is added', { text: addCounters(table), values: [[1], [0], [0], ['key'], [1]] }, /Arbiter Indexes: counters_pkey/],
      ['old counters', counts.deleteCounters(7, 3 * HOUR), /counters_pkey/],
      ['the first day of a group', counts.moveGroup(7, HOUR), /using count_groups_pkey on count_groups/],
      ['a group that is gone', counts.deleteGroup(7), /using count_groups_pkey on count_groups/],
      ['calls in progress', queries.list(checkFilter({ status: ['live'] })), /calls_open/],
    ] as Plan[])('%s: by an index', async (_, query, expected) => {
      const plan = await planOf(query);
      expect(plan).toMatch(expected);
      expect(plan).not.toMatch(/Seq Scan/);
    });

    it('groups: all of them, and of what waits to be added no more than is shown', async () => {
      expect(await planOf(counts.groups())).toMatch(/Limit\n +-> +Index Scan using count_rows_pkey on count_rows/);
    });
  });
});
