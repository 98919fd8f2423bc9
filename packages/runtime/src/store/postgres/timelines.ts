import { readTimelineRow } from '../rows.ts';
import type { TimelineRow } from '../store.ts';
import { toStored } from '../stored-text.ts';
import { Batches } from './batches.ts';
import type { PostgresConnections } from './connections.ts';
import { Parameters, type Statement } from './parameters.ts';

/** Reads timelines, those that are asked for together in one statement: each new call looks whether anything was kept of its session before. `timeout` in ms. */
export function timelines(
  connections: PostgresConnections,
  table: (name: string) => string,
  timeout: number,
): Batches<string, readonly TimelineRow[]> {
  const together = async (ids: readonly string[], deadline: number): Promise<(readonly TimelineRow[])[]> => {
    const rows = await connections.query<TimelineRow & { readonly place: number }>({
      operation: 'timeline',
      ...timelinesQuery(table, ids),
      deadline,
    });
    const found = ids.map((): TimelineRow[] => []);
    for (const row of rows) found[row.place - 1]?.push(readTimelineRow(row));
    return found;
  };
  return new Batches<string, readonly TimelineRow[]>(timeout, { together }, connections.now);
}

/** Lines in the order of their insertion, with the `place` of their call's id, from 1. */
export function timelinesQuery(table: (name: string) => string, ids: readonly string[]): Statement {
  const parameters = new Parameters();
  const given = parameters.table('given', [['call', 'text', ids.map(toStored)]]);
  const text = `SELECT given.place, line.at, line.kind, line.data FROM ${given}, LATERAL (
    SELECT at, kind, data, number FROM ${table('timeline')} AS timeline WHERE call_id = given.call OFFSET 0) AS line
    ORDER BY given.place, line.number`;
  return { text, values: parameters.values };
}
