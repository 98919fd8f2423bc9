import { gather, groupKey, spans, type Sum, UNITS } from './add-counts.ts';
import type { Query, Value } from './call-row.ts';
import { type CountFilter, type CountGroup, type CountRow, type Counts, MAX_PENDING } from './count-row.ts';
import { fromStored, toStored } from './stored-text.ts';

/** A row of `count_rows`; `data` is JSON. */
export interface StoredCountRow {
  readonly flow: string;
  readonly version: string;
  readonly line: string;
  readonly hour: number;
  readonly data: string;
}

/** A row of `count_groups`. */
export interface StoredCountGroup {
  readonly number: number;
  readonly flow: string;
  readonly version: string;
  readonly line: string;
  readonly first: number;
  readonly last: number;
}

/** A row of what `counts` reads: a total, a counter of an hour, a row that is not folded yet, or a word that more of these wait than are read. */
export interface StoredCount {
  readonly kind: 0 | 1 | 2 | 3;
  readonly start: number;
  readonly name: string;
  readonly count: number;
}

/** What SQLite and Postgres count with, in the words that both share. `table` names the tables. */
export function countQueries(table: (name: string) => string) {
  const [rows, groups, counters] = ['count_rows', 'count_groups', 'counters'].map(table) as [string, string, string];

  return {
    uncounted: (limit: number): Query => ({
      text: `SELECT id FROM ${table('calls')} WHERE counted = 0 AND ended_at IS NOT NULL ORDER BY ended_at LIMIT $1`,
      values: [limit],
    }),
    /** Everything at one moment: one statement sees a fold as a whole or not at all. */
    counts: (filter: CountFilter): Query => readCounts({ rows, groups, counters }, filter),
    /** Groups, and those of rows that are not folded yet. */
    groups: (): Query => ({
      text: `SELECT flow, version, line, first, last FROM ${groups} UNION ALL
        SELECT flow, version, line, min(hour) AS first, max(hour) AS last FROM (${oldestRows(rows)}) AS pending GROUP BY flow, version, line`,
      values: [],
    }),
    /** The group whose first day is the oldest one before a time. */
    oldest: (before: number): Query => ({
      text: `SELECT number, flow, version, line, first, last FROM ${groups} WHERE first < $1 ORDER BY first LIMIT 1`,
      values: [before],
    }),
    deleteCounters: (group: number, before: number): Query => ({
      text: `DELETE FROM ${counters} WHERE "group" = $1 AND unit IN (${Object.values(UNITS).join(', ')}) AND start < $2`,
      values: [group, before],
    }),
    moveGroup: (group: number, first: number): Query => ({
      text: `UPDATE ${groups} SET first = $1 WHERE number = $2`,
      values: [first, group],
    }),
    deleteGroup: (group: number): Query => ({ text: `DELETE FROM ${groups} WHERE number = $1`, values: [group] }),
  };
}

interface Tables {
  readonly rows: string;
  readonly groups: string;
  readonly counters: string;
}

function readCounts({ rows, groups, counters }: Tables, { flow, version, number, since, until }: CountFilter): Query {
  const values: Value[] = [];
  const add = (value: Value): string => `$${values.push(value)}`;
  const ofFlow = (): string =>
    [
      `flow = ${add(toStored(flow))}`,
      ...(version === undefined ? [] : [`version = ${add(toStored(version))}`]),
      ...(number === undefined ? [] : [`line = ${add(toStored(number))}`]),
    ].join(' AND ');
  const span = (unit: number, from: number, to: number): string =>
    `FROM ${counters} AS counters WHERE "group" IN (SELECT number FROM ${groups} WHERE ${ofFlow()}) AND unit = ${unit} AND start >= ${add(from)} AND start < ${add(to)}`;
  const parts = spans(since, until).map(
    (one) =>
      `SELECT 0 AS kind, 0 AS start, key AS name, CAST(sum(count) AS bigint) AS count ${span(one.unit, one.since, one.until)} GROUP BY key`,
  );
  parts.push(
    `SELECT 1 AS kind, start, key AS name, CAST(sum(count) AS bigint) AS count ${span(UNITS.series, since, until)} GROUP BY start, key`,
    `SELECT 2 AS kind, hour AS start, data AS name, 1 AS count FROM (${oldestRows(rows)}) AS pending WHERE ${ofFlow()}
      AND hour >= ${add(since)} AND hour < ${add(until)}`,
    `SELECT * FROM (SELECT 3 AS kind, number AS start, '' AS name, 1 AS count FROM ${rows} ORDER BY number LIMIT 1 OFFSET ${MAX_PENDING}) AS more`,
  );
  return { text: parts.join('\nUNION ALL '), values };
}

/** Rows that wait, of whatever flow: the first ones by their key, so that a long queue is never read to its end. */
function oldestRows(rows: string): string {
  return `SELECT flow, version, line, hour, data FROM ${rows} ORDER BY number LIMIT ${MAX_PENDING}`;
}

/** Counters from the rows of `counts`. */
export function toCounts(found: readonly StoredCount[]): Counts {
  const totals = new Map<string, number>();
  for (const { kind, name, count } of found) if (kind === 0) totals.set(fromStored(name), (totals.get(fromStored(name)) ?? 0) + count);
  const pending = found.filter(({ kind }) => kind === 2);
  return gather(
    [...totals],
    found.filter(({ kind }) => kind === 1).map(({ start, name, count }) => [start, fromStored(name), count] as const),
    pending.map(({ start, name }) => ({ hour: start, ...dataOf(name) })),
    found.some(({ kind }) => kind === 3),
  );
}

/** What a row of `count_rows` holds beside its group and hour, as JSON. */
export function countData({ counts, series }: CountRow): string {
  return toStored(JSON.stringify({ counts, series }));
}

function dataOf(text: string): Pick<CountRow, 'counts' | 'series'> {
  return JSON.parse(fromStored(text)) as Pick<CountRow, 'counts' | 'series'>;
}

/** A row as it was committed. */
export function toCountRow({ flow, version, line, hour, data }: StoredCountRow): CountRow {
  return { flow: fromStored(flow), version: fromStored(version), number: fromStored(line), hour, ...dataOf(data) };
}

/** A group as it is shown. */
export function toCountGroup({ flow, version, line, first, last }: Omit<StoredCountGroup, 'number'>): CountGroup {
  return { flow: fromStored(flow), version: fromStored(version), number: fromStored(line), first, last };
}

/** Sums by the numbers that the store has given their groups, in the order of the table: a fold then goes through it once. */
export function numbered(sums: readonly Sum[], groups: readonly StoredCountGroup[]): readonly (Sum & { readonly number: number })[] {
  const numbers = new Map(groups.map((group) => [groupKey(toCountGroup(group)), group.number]));
  return sums
    .map((sum) => ({ ...sum, number: numbers.get(sum.group) ?? 0 }))
    .toSorted((a, b) => a.number - b.number || a.unit - b.unit || a.start - b.start || (a.key < b.key ? -1 : 1));
}
