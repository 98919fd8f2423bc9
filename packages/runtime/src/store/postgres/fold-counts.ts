import { addUp, dayOf, pruneStep } from '../add-counts.ts';
import { countQueries, numbered, type StoredCountGroup, type StoredCountRow, toCountGroup, toCountRow } from '../count-queries.ts';
import { toStored } from '../stored-text.ts';
import type { PostgresConnections } from './connections.ts';

/** One server folds at a time: counters are rows that all calls of an hour meet at, and who would wait there need not fold at all. */
const LOCK = "SELECT 1 AS ours WHERE pg_try_advisory_xact_lock(hashtextextended($1 || '.counters', 0))";

/** What the fold and the prune of one store work with. */
export interface CountWork {
  readonly connections: PostgresConnections;
  readonly table: (name: string) => string;
  readonly timeout: number;
}

/** Takes the oldest rows that wait, at most $1. */
export function takeRows(table: CountWork['table']): string {
  return `DELETE FROM ${table('count_rows')} WHERE number = ANY (ARRAY (SELECT number FROM ${table('count_rows')} ORDER BY number LIMIT $1))
    RETURNING flow, version, line, hour, data`;
}

/** Adds sums to counters, all in one statement. */
export function addCounters(table: CountWork['table']): string {
  return `INSERT INTO ${table('counters')} AS counters ("group", unit, start, key, count)
    SELECT * FROM unnest($1::bigint[], $2::integer[], $3::bigint[], $4::text[], $5::bigint[])
    ON CONFLICT ("group", unit, start, key) DO UPDATE SET count = counters.count + excluded.count`;
}

/** Adds up to `limit` rows to the counters, and deletes them, in one transaction; says how many. None where another server is at it. */
export function foldPostgres({ connections, table, timeout }: CountWork, limit: number): Promise<number> {
  return connections.transaction('foldCounts', timeout, async (run) => {
    if ((await run(LOCK, [table('count_rows')])).length === 0) return 0;
    const taken = await run<StoredCountRow>(takeRows(table), [limit]);
    if (taken.length === 0) return 0;
    const flows = [...new Set(taken.map(({ flow }) => flow))];
    const known = (): Promise<StoredCountGroup[]> =>
      run<StoredCountGroup>(`SELECT number, flow, version, line, first, last FROM ${table('count_groups')} WHERE flow = ANY ($1)`, [flows]);
    const { groups, sums } = addUp(taken.map(toCountRow), (await known()).map(toCountGroup));
    const added = [...groups.values()];
    await run(
      `INSERT INTO ${table('count_groups')} AS groups (flow, version, line, first, last)
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
        ON CONFLICT (flow, version, line) DO UPDATE SET first = least(groups.first, excluded.first), last = greatest(groups.last, excluded.last)`,
      [
        added.map(({ flow }) => toStored(flow)),
        added.map(({ version }) => toStored(version)),
        added.map(({ number }) => toStored(number)),
        added.map(({ first }) => first),
        added.map(({ last }) => last),
      ],
    );
    const counted = numbered(sums, await known());
    await run(addCounters(table), [
      counted.map(({ number }) => number),
      counted.map(({ unit }) => unit),
      counted.map(({ start }) => start),
      counted.map(({ key }) => toStored(key)),
      counted.map(({ count }) => count),
    ]);
    return taken.length;
  });
}

/** Deletes counters of whole days before a time, at most `limit` days of groups; says how many. */
export async function pruneCounts({ connections, table, timeout }: CountWork, before: number, limit: number): Promise<number> {
  const queries = countQueries(table);
  const until = dayOf(before);
  for (let pruned = 0; ; pruned++) {
    if (pruned === limit) return pruned;
    const isMore = await connections.transaction('pruneCounts', timeout, async (run) => {
      if ((await run(LOCK, [table('count_rows')])).length === 0) return false;
      const { text, values } = queries.oldest(until);
      const [oldest] = await run<StoredCountGroup>(text, values);
      if (oldest === undefined) return false;
      const step = pruneStep(oldest.first, until);
      const after = oldest.last < step ? queries.deleteGroup(oldest.number) : queries.moveGroup(oldest.number, step);
      for (const query of [queries.deleteCounters(oldest.number, step), after]) await run(query.text, query.values);
      return true;
    });
    if (!isMore) return pruned;
  }
}
