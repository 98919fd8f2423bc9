import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFilter } from '../check-filter.ts';
import { type Query, readQueries } from '../read-queries.ts';
import { loadSqlite } from './driver.ts';
import { temporaryFolder } from './folder.test-support.ts';
import { createSqliteStore } from './sqlite-store.ts';

const file = join(temporaryFolder(), 'calls.db');
const store = createSqliteStore({ file });
await store.open();
await store.close();
const { DatabaseSync } = await loadSqlite();
const database = new DatabaseSync(file, { readOnly: true });

const queries = readQueries((table) => table, 'rowid');

/** The plan of a query in SQLite's words. */
function planOf({ text, values }: Query): string {
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${text.replace(/\$\d+/g, '?')}`).all(...values);
  return rows.map((row) => (row as { detail: string }).detail).join('; ');
}

describe('queries of the SQLite store', () => {
  it.each<[string, Query, RegExp]>([
    ['load by id', queries.loadById('a'), /calls USING INDEX sqlite_autoindex_calls_1 .*journal USING PRIMARY KEY \(call=\?\)/],
    ['load by session', queries.loadBySession('a', 's'), /calls USING INDEX calls_session \(session_id=\? AND sub_account_id=\?\)/],
    ['a turn', queries.turn('a', 1), /turns USING INDEX turns_turn \(call=\? AND turn=\?\)/],
    ['the turn of an event', queries.turnOfEvent('a', 'e'), /turns USING INDEX turns_turn \(call=\?\)/],
    ['a timeline', queries.timeline('a'), /timeline USING INDEX timeline_call \(call_id=\?\)$/],
    ['due calls', queries.due(1, 2, 3), /calls USING INDEX calls_due \(due_slot<\?\)/],
    ['a client request', queries.byClientRequestId('a', 'r'), /calls USING INDEX calls_client_request/],
    ['unnumbered calls', queries.unnumbered('a', '1', '2'), /calls USING INDEX calls_unnumbered \(sub_account_id=\?\)/],
    ['live counts', queries.liveCounts(), /calls USING INDEX calls_open/],
    ['the newest calls', queries.list(checkFilter({})), /^SCAN calls USING INDEX calls_started$/],
    ['the next page', queries.list(checkFilter({ cursor: '1_2' })), /^SEARCH calls USING INDEX calls_started \(\(?started_at/],
    ['calls in progress', queries.list(checkFilter({ status: ['live'] })), /^SCAN calls USING INDEX calls_open$/],
  ])('%s: go by an index', (_, query, expected) => {
    expect(planOf(query)).toMatch(expected);
  });
});
