/** Makes insights of counters. It reads a store's sums, however many calls they are of: what it costs does not grow with the calls. */
import { localDate } from '@hookswitch/dsl';
import { type CountKey, type Ending, ENDINGS, readKey, SITE_COUNTS, type SiteCount, TIME_BOUNDS } from '../calls/count-keys.ts';
import { maskNumber } from '../observe/mask-text.ts';
import { type Counts, HOUR } from '../store/count-row.ts';
import type { Store } from '../store/store.ts';
import { iso } from './call-view.ts';
import type { InsightFigures, InsightsView } from './insight-view.ts';

/** What is asked for. Times are milliseconds since 1970; hours are counted as a whole. */
export interface InsightsQuery {
  readonly flow: string;
  /** Included. */
  readonly since: number;
  /** Left out. */
  readonly until: number;
  readonly version?: string;
  /** Another version in the same period, or `before`: the period of the same length right before. */
  readonly compare?: string;
  /** One of our own: whole, or as `numbers` shows it. */
  readonly number?: string;
  /** IANA, of the days. @default 'UTC' */
  readonly zone?: string;
}

/** Where insights come from. */
export interface InsightSources {
  readonly store: Pick<Store, 'counts' | 'countGroups' | 'uncounted'>;
  readonly showNumbers: boolean;
  /** Sorts versions, the newer one first. */
  readonly newestFirst: (one: string, other: string) => number;
  readonly isServed: (flow: string) => boolean;
}

/** Reads insights; null for a flow that is not served, and of which no call was ever counted. */
export async function readInsights(
  { store, showNumbers, newestFirst, isServed }: InsightSources,
  query: InsightsQuery,
): Promise<InsightsView | null> {
  const { flow, version, compare, zone = 'UTC' } = query;
  const since = Math.floor(query.since / HOUR) * HOUR;
  const until = Math.ceil(query.until / HOUR) * HOUR;
  const groups = (await store.countGroups()).filter((group) => group.flow === flow);
  if (groups.length === 0 && !isServed(flow)) return null;
  const shown = (number: string): string => (showNumbers ? number : maskNumber(number));
  const inTime = groups.filter(({ first, last }) => last >= since && first < until);
  const numbers =
    query.number === undefined
      ? [undefined]
      : matching(
          groups.map(({ number }) => number),
          query.number,
          shown,
        );
  const read = async (ofVersion: string | undefined, from: number, to: number): Promise<{ figures: InsightFigures; counts: Counts }> => {
    const found = await Promise.all(
      numbers.map((number) =>
        store.counts({
          ...{ flow, since: from, until: to },
          ...(ofVersion === undefined ? {} : { version: ofVersion }),
          ...(number === undefined ? {} : { number }),
        }),
      ),
    );
    const counts = together(found);
    return { counts, figures: figuresOf(counts, { version: ofVersion ?? null, since: from, until: to, zone }) };
  };
  const [one, other, uncounted] = await Promise.all([
    read(version, since, until),
    compare === undefined ? null : compare === 'before' ? read(version, since - (until - since), since) : read(compare, since, until),
    store.uncounted(1),
  ]);
  return {
    flow,
    zone,
    versions: [...new Set(inTime.map((group) => group.version))].sort(newestFirst),
    numbers: [...new Set(inTime.map(({ number }) => shown(number)))].filter((number) => number !== '').sort(),
    pending: one.counts.pending + (other?.counts.pending ?? 0),
    complete: !one.counts.more && other?.counts.more !== true,
    uncounted: uncounted.length > 0,
    figures: one.figures,
    compared: other?.figures ?? null,
  };
}

/** Our own numbers that are meant: with or without the `+`, or as they are shown. None is meant by one that finds nothing. */
function matching(numbers: readonly string[], wanted: string, shown: (number: string) => string): readonly string[] {
  const digits = (number: string): string => number.replace(/^\+/, '');
  const found = new Set(numbers.filter((number) => number !== '' && (digits(number) === digits(wanted) || shown(number) === wanted)));
  return found.size > 0 ? [...found] : [wanted];
}

function together(found: readonly Counts[]): Counts {
  const [only, ...others] = found as readonly [Counts, ...Counts[]];
  if (others.length === 0) return only;
  const totals = new Map<string, number>();
  const hours = new Map<number, Map<string, number>>();
  for (const counts of found) {
    for (const [key, count] of counts.totals) totals.set(key, (totals.get(key) ?? 0) + count);
    for (const [hour, sums] of counts.hours) {
      const known = hours.get(hour) ?? new Map<string, number>();
      for (const [key, count] of sums) known.set(key, (known.get(key) ?? 0) + count);
      hours.set(hour, known);
    }
  }
  const pending = found.reduce((sum, counts) => sum + counts.pending, 0);
  return { totals, hours, pending, more: found.some(({ more }) => more) };
}

interface Span {
  readonly version: string | null;
  readonly since: number;
  readonly until: number;
  readonly zone: string;
}

type Keyed = readonly (readonly [key: CountKey, count: number])[];
type Of<K extends CountKey[0]> = Extract<CountKey, readonly [K, ...unknown[]]>;

/** Figures from counters. Pure. */
export function figuresOf({ totals, hours }: Counts, { version, since, until, zone }: Span): InsightFigures {
  const keyed: Keyed = [...totals].map(([key, count]) => [readKey(key), count] as const);
  const of = <K extends CountKey[0]>(kind: K) =>
    keyed.filter((pair): pair is readonly [Of<K>, number] => pair[0][0] === kind).toSorted(([, one], [, another]) => another - one);
  const sum = (kind: CountKey[0]): number => of(kind).reduce((all, [, count]) => all + count, 0);
  return {
    version,
    since: iso(since),
    until: iso(until),
    calls: sum('calls'),
    endings: endingsOf(keyed),
    endedBy: Object.fromEntries(of('endedBy').map(([[, by], count]) => [by, count])),
    duration: timeOf(of('duration').map(([[, bucket], count]) => [bucket, count])),
    arrows: arrowsOf(of('arrow')),
    sites: sitesOf(of('site'), of('time')),
    bridges: of('bridge').map(([[, site, outcome], count]) => ({ site, outcome, count })),
    steps: of('step').map(([[, site, outcome], count]) => ({ site, outcome, count })),
    signals: of('signal').map(([[, site, outcome], count]) => ({ site, outcome, count })),
    tags: of('tag').map(([[, tag, value], count]) => ({ tag, value, count })),
    results: of('result').map(([[, value], count]) => ({ value, count })),
    errors: of('error').map(([[, value], count]) => ({ value, count })),
    strayed: sum('strayed'),
    days: daysOf(hours, since, until, zone),
  };
}

function endingsOf(keyed: Keyed): Record<Ending, number> {
  const endings = Object.fromEntries(ENDINGS.map((ending) => [ending, 0])) as Record<Ending, number>;
  for (const [[kind, ending], count] of keyed) if (kind === 'ending') endings[ending] += count;
  return endings;
}

function arrowsOf(found: readonly (readonly [Of<'arrow'>, number])[]): InsightFigures['arrows'] {
  const left = new Map<string, number>();
  for (const [[, from], count] of found) left.set(from, (left.get(from) ?? 0) + count);
  return found.map(([[, from, label, to, when], count]) => ({ from, label, to, when, count, share: shareOf(count, left.get(from) ?? 0) }));
}

function sitesOf(
  found: readonly (readonly [Of<'site'>, number])[],
  times: readonly (readonly [Of<'time'>, number])[],
): InsightFigures['sites'] {
  const sites = new Map<string, Record<SiteCount, number>>();
  for (const [[, site, what], count] of found) {
    const known = sites.get(site) ?? (Object.fromEntries(SITE_COUNTS.map((name) => [name, 0])) as Record<SiteCount, number>);
    known[what] += count;
    sites.set(site, known);
  }
  const stays = new Map<string, [number, number][]>();
  for (const [[, site, bucket], count] of times) stays.set(site, [...(stays.get(site) ?? []), [bucket, count]]);
  return [...sites]
    .map(([site, counts]) => ({ site, ...counts, exitShare: shareOf(counts.exits, counts.calls), time: timeOf(stays.get(site) ?? []) }))
    .toSorted((one, other) => other.exits - one.exits || other.calls - one.calls || (one.site < other.site ? -1 : 1));
}

function shareOf(count: number, all: number): number {
  return all === 0 ? 0 : Math.round((count / all) * 10_000) / 10_000;
}

/** Median and 90th percentile, in seconds, as if stays lay evenly within each bucket; null without any. */
export function timeOf(buckets: readonly (readonly [bucket: number, count: number])[]): { median: number; p90: number } | null {
  const sorted = buckets.toSorted(([one], [other]) => one - other);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return null;
  const at = (share: number): number => {
    let left = all * share;
    for (const [bucket, count] of sorted) {
      const from = TIME_BOUNDS[bucket - 1] ?? 0;
      // Of what took longer than the last bound nothing more is known.
      const to = TIME_BOUNDS[bucket] ?? from;
      if (left <= count) return Math.round((from + ((to - from) * left) / count) * 10) / 10;
      left -= count;
    }
    return TIME_BOUNDS.at(-1) ?? 0;
  };
  return { median: at(0.5), p90: at(0.9) };
}

/** One line for each day of the zone, days without calls among them. An hour belongs to the day on which it begins. */
function daysOf(hours: Counts['hours'], since: number, until: number, zone: string): InsightFigures['days'] {
  const days = new Map<string, { calls: number; keyed: (readonly [CountKey, number])[] }>();
  for (let hour = since; hour < until; hour += HOUR) {
    const { year, month, day } = localDate(new Date(hour), zone);
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const known = days.get(name) ?? { calls: 0, keyed: [] };
    for (const [key, count] of hours.get(hour) ?? []) {
      const words = readKey(key);
      if (words[0] === 'calls') known.calls += count;
      else known.keyed.push([words, count]);
    }
    days.set(name, known);
  }
  return [...days].map(([day, { calls, keyed }]) => ({ day, calls, endings: endingsOf(keyed) }));
}
