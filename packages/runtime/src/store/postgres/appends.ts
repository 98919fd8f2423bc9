import type { TimelineRow } from '../store.ts';
import { toStored } from '../stored-text.ts';
import { Batches } from './batches.ts';
import type { PostgresConnections } from './connections.ts';
import { isOfOneRow } from './failure.ts';
import { Parameters, type Statement, timelineColumns } from './parameters.ts';

/** Rows for the timeline of one call, or of a session that is not known. */
export interface Append {
  readonly callId: string;
  readonly rows: readonly TimelineRow[];
}

/** Adds to timelines, what arrives together in one transaction. `timeout` in ms. */
export function appends(connections: PostgresConnections, table: (name: string) => string, timeout: number): Batches<Append, 'added'> {
  const together = async (given: readonly Append[], deadline: number): Promise<'added'[]> => {
    await connections.query({ operation: 'append', ...appendQuery(table, given), outcome: 'unknown', deadline });
    return given.map(() => 'added');
  };
  return new Batches<Append, 'added'>(timeout, { together, isOfOne: isOfOneRow }, connections.now);
}

/** A call's row is locked so that the call is not pruned between the look at it and the new rows. */
export function appendQuery(table: (name: string) => string, given: readonly Append[]): Statement {
  const parameters = new Parameters();
  const lines = given.flatMap(({ callId, rows }) => rows.map((row) => ({ ...row, callId })));
  const columns = parameters.table('line', [['call', 'text', lines.map(({ callId }) => toStored(callId))], ...timelineColumns(lines)]);
  const text = `WITH line AS MATERIALIZED (SELECT * FROM ${columns}),
    known AS MATERIALIZED (SELECT stored.id FROM (SELECT DISTINCT call FROM line) AS asked,
      LATERAL (SELECT calls.id FROM ${table('calls')} AS calls WHERE calls.id = asked.call FOR KEY SHARE) AS stored),
    orphan AS (INSERT INTO ${table('orphans')} AS orphans (call_id, at)
      SELECT line.call, max(line.at) FROM line WHERE NOT EXISTS (SELECT FROM known WHERE known.id = line.call) GROUP BY line.call ORDER BY line.call
      ON CONFLICT (call_id) DO UPDATE SET at = greatest(orphans.at, excluded.at))
    INSERT INTO ${table('timeline')} (call_id, at, kind, data) SELECT line.call, line.at, line.kind, line.data FROM line ORDER BY line.place`;
  return { text, values: parameters.values };
}
