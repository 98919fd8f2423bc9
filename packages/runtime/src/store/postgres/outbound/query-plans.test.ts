import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../../../../test/support/postgres.ts';
import { aCall, NOON } from '../../contract/call.ts';
import { aClaim, aDial, anEnd, somebody } from '../../contract/outbound/campaign.ts';
import { commitQuery } from '../commit-query.ts';
import type { Statement } from '../parameters.ts';
import { createPostgresStore } from '../postgres-store.ts';
import { attemptQueries } from './attempt-queries.ts';
import { campaignQueries } from './campaign-queries.ts';
import { claimQuery } from './claim-query.ts';
import { endQuery, suppressQuery } from './end-query.ts';
import { reportQueries } from './report-queries.ts';

const table = (name: string): string => `"hookswitch".${name}`;
const attempts = attemptQueries(table);
const campaigns = campaignQueries(table);
const reports = reportQueries(table);
/** Tables that grow with those who are called. */
const LARGE = ['recipients', 'attempts', 'people'];

/** Thirty thousand recipients in three zones; an attempt of each, of which a few are open; and everybody was called. */
const FILL = `
  INSERT INTO hookswitch.lanes (id, slots, per_second) VALUES ('lane', 500, 10);
  INSERT INTO hookswitch.campaigns (id, lane, topic, status, slots, per_second, starts_at, ends_at, created_at, data)
    VALUES ('spring', 'lane', 'offers', 'running', 500, 10, 0, 9000000000000, 0, '{}');
  INSERT INTO hookswitch.windows VALUES ('spring', 'a', 0, 9000000000000), ('spring', 'b', 0, 9000000000000), ('spring', 'c', 0, 9000000000000);
  INSERT INTO hookswitch.recipients (campaign, key, person, phone, zone, state, rank, due_at, attempts, dials, params, ended_at)
    SELECT 'spring', 'k' || n, 'p' || n, '+65', substr('abc', n % 3 + 1, 1), CASE WHEN n % 3 = 0 THEN 'ended' ELSE 'waiting' END, 1, n, 0, 0, '', n FROM generate_series(1, 30000) AS n;
  INSERT INTO hookswitch.attempts (id, recipient, n, campaign, lane, person, state, worker, due_at, claimed_at, ended_at)
    SELECT 'spring.' || n || '.1', n, 1, 'spring', 'lane', 'p' || n, 'claimed', 'worker', 9000000000000, 1, CASE WHEN n % 300 = 0 THEN NULL ELSE 1 END FROM generate_series(1, 30000) AS n;
  INSERT INTO hookswitch.people (person, recent, stops) SELECT 'p' || n, ARRAY[5], CASE WHEN n % 100 = 0 THEN ARRAY['*'] ELSE '{}' END FROM generate_series(1, 30000) AS n`;

let postgres: TestPostgres;
let client: pg.Client;

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

const caps = [{ max: 3, per: 86_400_000 }];
const change = (call: string, attempt: string) => ({
  call: aCall({ id: call, revision: 2 }),
  outbound: { end: anEnd(attempt), stops: [{ person: 'p7', scope: '*' }] },
});
type Plan = readonly [string, Statement, RegExp];
/** Statements whose plans are kept, maybe since their tables were empty. */
const KEPT: readonly Plan[] = [
  ['an end', endQuery(table, anEnd('spring.300.1'), NOON), /attempts_pkey[^]*recipients_pkey[^]*Arbiter Indexes: people_pkey/],
  [
    'commits with ends',
    commitQuery(table, [change('a', 'spring.300.1'), change('b', 'spring.600.1')], 'skip'),
    /attempts_pkey[^]*recipients_pkey[^]*Arbiter Indexes: people_pkey/,
  ],
  ['what is overdue', attempts.overdue(NOON, 10), /attempts_due[^]*recipients_pkey/],
  ['windows, with who is due', reports.windows('spring'), /recipients_due/],
  ['attempts of a recipient', reports.attempts(5), /attempts_recipient/],
  ['open attempts of a campaign', reports.openAttempts('spring', 10), /attempts_(open|due)/],
  ['who of some is suppressed', reports.suppressed(['p8', 'p9']), /people_(pkey|stopped)/],
  ['open attempts of lanes', campaigns.lanes(), /attempts_(open|due)/],
  ['a placed call', attempts.placed('spring.300.1', 1, NOON), /attempts_(pkey|due)/],
  ['an import', campaigns.addRecipients('spring', [somebody('ann'), somebody('bob')]), /Arbiter Indexes: recipients_key/],
];
const PLANS: readonly Plan[] = [
  ...KEPT,
  ['a page of recipients', reports.recipients('spring', { after: 5, limit: 10 }), /recipients_(page|pkey)/],
  ['a recipient', reports.recipients('spring', { after: null, limit: 1, find: { key: 'k5' } }), /recipients_key/],
  ['those who wait', reports.recipients('spring', { after: 5, limit: 10, find: { state: 'waiting' } }), /recipients_(state|page|pkey|due)/],
  ['those with an outcome', reports.recipients('spring', { after: 5, limit: 10, find: { outcome: 'busy' } }), /recipients_(outcome|state)/],
  ['a claim', claimQuery(table, aClaim({ caps }), NOON), /recipients_due[^]*people_pkey[^]*recipients_pkey/],
  ['a suppression', suppressQuery(table, [{ person: 'p8', scope: '*' }], NOON), /recipients_person[^]*attempts_recipient/],
  [
    'suppressions',
    suppressQuery(
      table,
      ['p8', 'p9'].map((person) => ({ person, scope: '*' })),
      NOON,
    ),
    /recipients_person[^]*attempts_recipient/,
  ],
  ['recipients that can not be called any more', attempts.expire(NOON, 10), /recipients_due[^]*recipients_pkey/],
  ['what is forgotten', attempts.erase('p8', NOON), /recipients_person/],
  ['what is pruned', attempts.prune(5, 10), /recipients_ended[^]*attempts_recipient[^]*recipients_pkey[^]*people_pkey/],
  ['what is deleted', reports.deleteSome('spring', 10), /recipients_(page|pkey)[^]*recipients_pkey/],
  ['a page of suppressions', attempts.suppressions('p8', 10), /people_(stopped|pkey)/],
];

async function planOf({ text, values }: Statement, options = ''): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (${options}COSTS OFF) ${text}`, [...values]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

const readsAll = new RegExp(`Seq Scan on (${LARGE.join('|')})`);

/** How often each large table was read from end to end in this transaction. */
async function scans(): Promise<readonly number[]> {
  const { rows } = await client.query<{ seq_scan: number }>(
    'SELECT seq_scan::int FROM pg_stat_xact_user_tables WHERE relname = ANY ($1) ORDER BY relname',
    [LARGE],
  );
  return rows.map((row) => row.seq_scan);
}

describe('queries for campaigns', () => {
  it.each(KEPT)('%s: by an index on tables that are empty', async (_, { text }, expected) => {
    const plan = await planOf({ text, values: [] }, 'GENERIC_PLAN, ');
    expect(plan).toMatch(expected);
    expect(plan).not.toMatch(readsAll);
  });

  describe.each([
    ['without statistics', FILL],
    ['with statistics', 'ANALYZE'],
  ])('%s', (_, before) => {
    beforeAll(() => client.query(before));

    it.each(PLANS)('%s: by an index', async (_name, query, expected) => {
      const plan = await planOf(query);
      expect(plan).toMatch(expected);
      expect(plan).not.toMatch(readsAll);
    });

    it.each(KEPT)('%s: by an index, whatever the values', async (_name, { text }) => {
      expect(await planOf({ text, values: [] }, 'GENERIC_PLAN, ')).not.toMatch(readsAll);
    });

    // It may look as cheap as the one of those who are due where statistics are missing, and reads everybody who waits.
    it.each(PLANS.filter(([name]) => ['a claim', 'windows, with who is due', 'recipients that can not be called any more'].includes(name)))(
      '%s: by no index of states, not even without its own',
      async (_name, query) => {
        await client.query('BEGIN; DROP INDEX hookswitch.recipients_due');
        const plan = await planOf(query);
        await client.query('ROLLBACK');
        expect(plan).not.toMatch(/recipients_due|recipients_\w+[^\n]*\n\s+Index Cond: [^\n]*state/);
      },
    );

    it('those who are in a state: by the index of states', async () => {
      const calling = reports.recipients('spring', { after: 5, limit: 10, find: { state: 'calling' } });
      expect(await planOf(calling)).toMatch(/recipients_(state|page|pkey)/);
    });

    it('a last look reads no large table from end to end, however often', async () => {
      await client.query('BEGIN');
      const first = await scans();
      for (let n = 300; n <= 3_000; n += 300) {
        const { text, values } = attempts.dial(aDial(`spring.${n}.1`, { caps }), NOON);
        const { rows } = await client.query<{ verdict: string }>({ text, values: [...values] });
        expect(rows[0]?.verdict).toBe('suppressed');
      }
      const after = await scans();
      await client.query('ROLLBACK');
      expect([first.length, after]).toEqual([LARGE.length, first]);
    });
  });
});
