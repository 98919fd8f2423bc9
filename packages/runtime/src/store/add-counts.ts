/** Adds up what calls are counted by: the same for every store. Pure. */
import { type CountGroup, type CountRow, type Counts, DAY, MAX_GROUPS } from './count-row.ts';

/** How fine a counter is: of an hour, of a day (UTC), or of an hour for those that are wanted hour by hour. */
export const UNITS = { hour: 0, day: 1, series: 2 } as const;

/** A counter, and what is added to it. */
export interface Sum {
  readonly group: string;
  readonly unit: number;
  readonly start: number;
  readonly key: string;
  readonly count: number;
}

/** What a batch of rows adds: to groups, and to counters, in one order everywhere. */
export interface Batch {
  readonly groups: ReadonlyMap<string, CountGroup>;
  readonly sums: readonly Sum[];
}

/** The name of a group, for maps. */
export function groupKey({ flow, version, number }: Pick<CountGroup, 'flow' | 'version' | 'number'>): string {
  return JSON.stringify([flow, version, number]);
}

/** Adds rows up. `known`: the groups that there are of these flows; a flow with very many gets no more of them for new numbers. */
export function addUp(rows: readonly CountRow[], known: readonly Pick<CountGroup, 'flow' | 'version' | 'number'>[]): Batch {
  const names = new Set(known.map(groupKey));
  const sizes = new Map<string, number>();
  for (const { flow } of known) sizes.set(flow, (sizes.get(flow) ?? 0) + 1);
  const groups = new Map<string, CountGroup>();
  const spans = new Map<string, SpanSums>();
  const spanOf = (group: string, unit: number, start: number): Map<string, number> => {
    const name = `${unit} ${start} ${group}`;
    const known = spans.get(name);
    if (known !== undefined) return known.counts;
    const counts = new Map<string, number>();
    spans.set(name, { group, unit, start, counts });
    return counts;
  };
  for (const row of rows) {
    const { flow, version, hour } = row;
    const isFull = (sizes.get(flow) ?? 0) >= MAX_GROUPS;
    const number = isFull && !names.has(groupKey(row)) ? '' : row.number;
    const group = groupKey({ flow, version, number });
    if (!names.has(group)) {
      names.add(group);
      sizes.set(flow, (sizes.get(flow) ?? 0) + 1);
    }
    const { first, last } = groups.get(group) ?? { first: hour, last: hour };
    groups.set(group, { flow, version, number, first: Math.min(first, hour), last: Math.max(last, hour) });
    // A span is looked up once for all the counters of a row: there are many of them.
    const [ofHour, ofDay] = [spanOf(group, UNITS.hour, hour), spanOf(group, UNITS.day, dayOf(hour))];
    for (const key of Object.keys(row.counts)) {
      const count = row.counts[key] ?? 0;
      ofHour.set(key, (ofHour.get(key) ?? 0) + count);
      ofDay.set(key, (ofDay.get(key) ?? 0) + count);
    }
    if (row.series.length === 0) continue;
    const ofSeries = spanOf(group, UNITS.series, hour);
    for (const key of new Set(row.series)) ofSeries.set(key, (ofSeries.get(key) ?? 0) + (row.counts[key] ?? 0));
  }
  const sums = [...spans.values()].flatMap(({ counts, ...span }) => [...counts].map(([key, count]): Sum => ({ ...span, key, count })));
  return { groups, sums };
}

/** What is added to the counters of one group and one span of time. */
interface SpanSums extends Pick<Sum, 'group' | 'unit' | 'start'> {
  readonly counts: Map<string, number>;
}

/** The day (UTC) of a time. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** A span in whole days and the hours before and behind them: days are read where they can be. */
export function spans(since: number, until: number): readonly { readonly unit: number; readonly since: number; readonly until: number }[] {
  const first = Math.ceil(since / DAY) * DAY;
  const last = dayOf(until);
  if (first >= last) return [{ unit: UNITS.hour, since, until }];
  return [
    { unit: UNITS.day, since: first, until: last },
    { unit: UNITS.hour, since, until: first },
    { unit: UNITS.hour, since: last, until },
  ].filter((span) => span.since < span.until);
}

/** Counters and rows as one answer. */
export function gather(
  totals: readonly (readonly [key: string, count: number])[],
  hours: readonly (readonly [hour: number, key: string, count: number])[],
  pending: readonly Pick<CountRow, 'hour' | 'counts' | 'series'>[],
  more: boolean,
): Counts {
  const all = new Map(totals);
  const byHour = new Map<number, Map<string, number>>();
  const addHour = (hour: number, key: string, count: number): void => {
    const known = byHour.get(hour) ?? new Map<string, number>();
    byHour.set(hour, known.set(key, (known.get(key) ?? 0) + count));
  };
  for (const [hour, key, count] of hours) addHour(hour, key, count);
  for (const { hour, counts, series } of pending) {
    for (const [key, count] of Object.entries(counts)) all.set(key, (all.get(key) ?? 0) + count);
    for (const key of series) addHour(hour, key, counts[key] ?? 0);
  }
  return { totals: all, hours: byHour, pending: pending.length, more };
}

/** Groups as they are kept and those of rows that are not folded yet, each once. */
export function mergeGroups(groups: readonly CountGroup[]): readonly CountGroup[] {
  const merged = new Map<string, CountGroup>();
  for (const group of groups) {
    const known = merged.get(groupKey(group)) ?? group;
    merged.set(groupKey(group), { ...group, first: Math.min(known.first, group.first), last: Math.max(known.last, group.last) });
  }
  return [...merged.values()];
}

/** Where a step of pruning ends: a day on, so that no step takes long, and never beyond what is to go. */
export function pruneStep(first: number, before: number): number {
  return Math.min(before, dayOf(first) + DAY);
}
