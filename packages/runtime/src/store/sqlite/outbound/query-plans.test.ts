import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { HOUR, NOON } from '../../contract/call.ts';
import { aCampaign, aClaim, aDial, anEnd, begin, somebody } from '../../contract/outbound/campaign.ts';
import type { Value } from '../../call-row.ts';
import { type Database, loadSqlite } from '../driver.ts';
import { temporaryFolder } from '../folder.test-support.ts';
import { createSqliteStore } from '../sqlite-store.ts';
import { OutboundStatements } from './sqlite-outbound.ts';

const file = join(temporaryFolder(), 'calls.db');
/** Each statement that a day's work has run, with its plan in SQLite's words. */
const plans = new Map<string, string>();

function watched(database: Database): Database {
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare: (sql) => {
      const explain = database.prepare(`EXPLAIN QUERY PLAN ${sql}`);
      const note = (values: Value[]): void => {
        plans.set(sql.replace(/\s+/g, ' '), (explain.all(...values) as { detail: string }[]).map(({ detail }) => detail).join('; '));
      };
      const statement = database.prepare(sql);
      const noted =
        <T>(run: (...values: Value[]) => T) =>
        (...values: Value[]): T => {
          note(values);
          return run(...values);
        };
      return {
        run: noted((...values) => statement.run(...values)),
        get: noted((...values) => statement.get(...values)),
        all: noted((...values) => statement.all(...values)),
      };
    },
  };
}

beforeAll(async () => {
  const store = createSqliteStore({ file });
  await store.open();
  if (store.outbound !== undefined) await begin(store.outbound, ['ann', 'bob', 'eve', somebody('kim', { zone: 'Asia/Seoul' })]);
  await store.close();
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(file);
  const { campaigns, attempts, people, reports } = new OutboundStatements(watched(database));
  campaigns.addRecipients('spring', [somebody('zoe')]);
  for (const find of [undefined, { key: 'ann' }, { state: 'waiting' }, { outcome: 'busy' }] as const)
    reports.recipients('spring', { after: null, limit: 10, ...(find === undefined ? {} : { find }) });
  reports.windows('spring');
  reports.recipientCounts('spring');
  reports.attemptCounts('spring', { from: NOON, to: NOON + HOUR });
  people.suppressed(['ann', 'bob']);
  campaigns.staleWindows(NOON, 10);
  campaigns.pace({ lane: 'lane', campaign: 'spring', most: 1, horizon: 1_000 }, NOON);
  campaigns.lanes();
  people.suppress([{ person: 'bob', scope: '*' }], NOON);
  const [first, second] = attempts.claim(aClaim({ most: 2 }), NOON);
  people.suppress([{ person: second?.recipient.person ?? '', scope: '*' }], NOON);
  attempts.dial(aDial(first?.attempt ?? ''), NOON);
  attempts.placed(first?.attempt ?? '', NOON);
  attempts.unknown(first?.attempt ?? '');
  reports.attempts(first?.recipient.number ?? 0);
  reports.openAttempts('spring', 10);
  attempts.overdue(NOON + HOUR, 10);
  attempts.end(anEnd(first?.attempt ?? '', { givenUp: true, next: { in: 1 } }), NOON);
  attempts.end(anEnd(first?.attempt ?? ''), NOON);
  people.unsuppress({ person: 'bob', scope: '*' });
  people.suppressions(null, 10);
  people.erase('eve', NOON);
  attempts.expire(NOON, 10);
  people.prune(NOON + HOUR, 10);
  campaigns.addCampaign({ ...aCampaign({ id: 'draft', status: 'draft' }) });
  reports.beginDelete('draft');
  reports.deleteSome('draft', 10);
  database.close();
});

it('no statement for campaigns reads all recipients, attempts or people', () => {
  expect(plans.size).toBeGreaterThan(30);
  // "SCAN attempts USING INDEX" would be an index read from end to end.
  const scanning = [...plans].filter(([, plan]) =>
    /SCAN (recipients|attempts|people|waiting|recipient_counts|attempt_counts)\b/.test(plan),
  );
  expect(scanning).toEqual([]);
});

it('claims, ends and what is overdue go by their indexes', () => {
  const all = [...plans.values()].join('\n');
  for (const index of [
    'recipients_due (campaign=? AND zone=? AND rank=? AND due_at<?)',
    'attempts_open (lane=?)',
    'attempts_due (due_at<?)',
    'recipients_state (campaign=? AND state=? AND number>?)',
    'recipients_outcome (campaign=? AND outcome=? AND number>?)',
  ])
    expect(all).toContain(index);
});
