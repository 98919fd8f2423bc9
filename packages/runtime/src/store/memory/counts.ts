import { addUp, dayOf, gather, groupKey, mergeGroups, pruneStep, spans, UNITS } from '../add-counts.ts';
import { checkCountFilter } from '../check-counts.ts';
import { type CountFilter, type CountGroup, type CountRow, type Counts as Read, MAX_PENDING } from '../count-row.ts';

interface Counter {
  readonly group: string;
  readonly unit: number;
  readonly start: number;
  readonly key: string;
  count: number;
}

/** The counters of the in-memory store. */
export class Counts {
  #rows: CountRow[] = [];
  readonly #groups = new Map<string, CountGroup>();
  readonly #counters = new Map<string, Counter>();

  add(row: CountRow): void {
    this.#rows.push({ ...row, counts: { ...row.counts }, series: [...row.series] });
  }

  fold(limit: number): number {
    const rows = this.#rows.slice(0, limit);
    const { groups, sums } = addUp(rows, [...this.#groups.values()]);
    for (const [key, group] of groups) {
      const { first, last } = this.#groups.get(key) ?? group;
      this.#groups.set(key, { ...group, first: Math.min(first, group.first), last: Math.max(last, group.last) });
    }
    for (const sum of sums) {
      const name = JSON.stringify([sum.group, sum.unit, sum.start, sum.key]);
      const known = this.#counters.get(name);
      if (known === undefined) this.#counters.set(name, { ...sum });
      else known.count += sum.count;
    }
    this.#rows = this.#rows.slice(rows.length);
    return rows.length;
  }

  read(filter: CountFilter): Read {
    const { since, until } = checkCountFilter(filter);
    const passes = ({ flow, version, number }: Pick<CountGroup, 'flow' | 'version' | 'number'>): boolean =>
      flow === filter.flow &&
      (filter.version === undefined || version === filter.version) &&
      (filter.number === undefined || number === filter.number);
    const wanted = new Set([...this.#groups].filter(([, group]) => passes(group)).map(([key]) => key));
    const counters = [...this.#counters.values()].filter(({ group }) => wanted.has(group));
    const within = (unit: number, from: number, to: number): Counter[] =>
      counters.filter((counter) => counter.unit === unit && counter.start >= from && counter.start < to);
    const totals = new Map<string, number>();
    for (const span of spans(since, until))
      for (const { key, count } of within(span.unit, span.since, span.until)) totals.set(key, (totals.get(key) ?? 0) + count);
    const pending = this.#rows.slice(0, MAX_PENDING).filter((row) => passes(row) && row.hour >= since && row.hour < until);
    const hours = within(UNITS.series, since, until).map(({ start, key, count }) => [start, key, count] as const);
    return gather([...totals], hours, pending, this.#rows.length > MAX_PENDING);
  }

  groups(): readonly CountGroup[] {
    return mergeGroups([
      ...this.#groups.values(),
      ...this.#rows.slice(0, MAX_PENDING).map((row) => ({ ...groupOf(row), first: row.hour, last: row.hour })),
    ]);
  }

  /** A day of a group at a time, as databases do. */
  prune(before: number, limit: number): number {
    const until = dayOf(before);
    for (let pruned = 0; ; pruned++) {
      const [oldest] = [...this.#groups.values()].filter(({ first }) => first < until).sort((a, b) => a.first - b.first);
      if (oldest === undefined || pruned === limit) return pruned;
      const step = pruneStep(oldest.first, until);
      const key = groupKey(oldest);
      for (const [name, counter] of this.#counters) if (counter.group === key && counter.start < step) this.#counters.delete(name);
      if (oldest.last < step) this.#groups.delete(key);
      else this.#groups.set(key, { ...oldest, first: step });
    }
  }
}

function groupOf({ flow, version, number }: CountRow): Pick<CountGroup, 'flow' | 'version' | 'number'> {
  return { flow, version, number };
}
