import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFilter } from '../check-filter.ts';
import { HOUR } from '../count-row.ts';
import type { Query } from '../call-row.ts';
import { loadSqlite } from './driver.ts';
import { temporaryFolder } from './folder.test-support.ts';
import { QUERIES } from './queries.ts';
import { createSqliteStore } from './sqlite-store.ts';

const file = join(temporaryFolder(), 'calls.db');
const store = createSqliteStore({ file });
await store.open();
await store.close();
const { DatabaseSync } = await loadSqlite();
const database = new DatabaseSync(file, { readOnly: true });

const REASON = { name: 'reason', compare: '=', value: 'billing' } as const;
const AMOUNT = { name: 'amount', compare: '>=', value: '1000' } as const;

/** The plan of a query in SQLite's words. */
function planOf({ text, values }: Query): string {
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${text.replace(/\$\d+/g, '?')}`).all(...values);
  return rows.map((row) => (row as { detail: string }).detail).join('; ');
}

describe('queries of the SQLite store', () => {
  it.each<[string, Query, RegExp]>([
    ['load by id', QUERIES.loadById('a'), /calls USING INDEX sqlite_autoindex_calls_1 .*journal USING PRIMARY KEY \(call=\?\)/],
    ['load by session', QUERIES.loadBySession('a', 's'), /calls USING INDEX calls_session \(session_id=\? AND sub_account_id=\?\)/],
    ['a turn', QUERIES.turn('a', 1), /turns USING INDEX turns_turn \(call=\? AND turn=\?\)/],
    ['the turn of an event', QUERIES.turnOfEvent('a', 'e'), /turns USING INDEX turns_turn \(call=\?\)/],
    ['a timeline', QUERIES.timeline('a'), /timeline USING INDEX timeline_call \(call_id=\?\)$/],
    ['due calls', QUERIES.due(1, 2, 3), /calls USING INDEX calls_due \(due_slot<\?\)/],
    ['a client request', QUERIES.byClientRequestId('a', 'r'), /calls USING INDEX calls_client_request/],
    ['unnumbered calls', QUERIES.unnumbered('a', '1', '2'), /calls USING INDEX calls_unnumbered \(sub_account_id=\?\)/],
    ['live counts', QUERIES.liveCounts(), /calls USING INDEX calls_open/],
    ['the newest calls', QUERIES.list(checkFilter({})), /^SCAN calls USING INDEX calls_started$/],
    ['the next page', QUERIES.list(checkFilter({ cursor: '1_2' })), /^SEARCH calls USING INDEX calls_started \(\(?started_at/],
    [
      'calls of a tag',
      QUERIES.list(checkFilter({ tags: [REASON] })),
      /^SEARCH tag USING (COVERING )?INDEX call_tags_text \(name=\? AND text=\?\); SEARCH calls USING INTEGER PRIMARY KEY \(rowid=\?\)$/,
    ],
    [
      'the next page of a tag',
      QUERIES.list(checkFilter({ tags: [REASON], cursor: '1_2' })),
      /^SEARCH tag USING (COVERING )?INDEX call_tags_text \(name=\? AND text=\? AND \(?started_at[^;]*; SEARCH calls USING INTEGER PRIMARY KEY \(rowid=\?\)$/,
    ],
    [
      'calls of a number',
      QUERIES.list(checkFilter({ tags: [AMOUNT], startedAfter: 5 })),
      /^SEARCH tag USING (COVERING )?INDEX call_tags_started \(name=\? AND started_at>\?\); SEARCH calls USING INTEGER PRIMARY KEY \(rowid=\?\)$/,
    ],
    [
      'calls of two tags',
      QUERIES.list(checkFilter({ tags: [AMOUNT, REASON] })),
      /^SEARCH tag USING (COVERING )?INDEX call_tags_text .*SEARCH other (EXISTS )?USING PRIMARY KEY \(call=\? AND name=\?\)$/,
    ],
    [
      'calls in progress of a tag',
      QUERIES.list(checkFilter({ status: ['live'], tags: [REASON] })),
      /^SCAN calls USING INDEX calls_open; (CORRELATED [^;]*; )?SEARCH other (EXISTS )?USING PRIMARY KEY \(call=\? AND name=\?\)$/,
    ],
    ['calls that are not counted', QUERIES.counts.uncounted(10), /^SEARCH calls USING INDEX calls_uncounted \(ended_at>\?\)$/],
    ['the group with the oldest day', QUERIES.counts.oldest(1), /^SCAN count_groups; USE TEMP B-TREE FOR ORDER BY$/],
    ['old counters', QUERIES.counts.deleteCounters(1, 2), /^SEARCH counters USING PRIMARY KEY \(group=\? AND unit=\? AND start<\?\)$/],
    ['the first day of a group', QUERIES.counts.moveGroup(1, 2), /^SEARCH count_groups USING INTEGER PRIMARY KEY \(rowid=\?\)$/],
    ['a group', QUERIES.counts.deleteGroup(1), /^SEARCH count_groups USING INTEGER PRIMARY KEY \(rowid=\?\)$/],
    ['calls in progress', QUERIES.list(checkFilter({ status: ['live'] })), /^SCAN calls USING INDEX calls_open$/],
  ])('%s: go by an index', (_, query, expected) => {
    expect(planOf(query)).toMatch(expected);
  });

  it.each([
    ['all versions', {}],
    ['one version', { version: '1' }],
    ['one number', { version: '1', number: '+6531589338' }],
  ])('counters of %s: by their key alone, and of the calls that wait to be added no more than are shown', (_, filter) => {
    const spans = [1, 36, 100].map((hours) =>
      QUERIES.counts.counts({ flow: 'support', since: 5 * HOUR, until: (5 + hours) * HOUR, ...filter }),
    );
    for (const plan of spans.map(planOf)) {
      const read = plan.split('; ').filter((step) => /^(SCAN|SEARCH)/.test(step));
      const expected =
        /^(SEARCH counters USING PRIMARY KEY \(group=\? AND unit=\? AND start>\? AND start<\?\)|SEARCH count_groups USING .*INDEX sqlite_autoindex_count_groups_1 \(flow=\?.*\)|SCAN count_rows|SCAN (pending|more))$/;
      expect(read.filter((step) => !expected.test(step))).toEqual([]);
      expect(plan).toContain('SEARCH counters');
      expect(plan).not.toMatch(/ calls/);
    }
  });
});
