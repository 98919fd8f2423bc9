import { addUp, dayOf, pruneStep } from '../add-counts.ts';
import {
  countData,
  countQueries,
  numbered,
  type StoredCountGroup,
  type StoredCountRow,
  toCountGroup,
  toCountRow,
} from '../count-queries.ts';
import type { CountRow } from '../count-row.ts';
import { toStored } from '../stored-text.ts';
import type { Database, Statement } from './driver.ts';

const QUERIES = countQueries((table) => table);

/** What counts calls in a SQLite store. Each method runs inside a transaction of `GroupCommit` and never waits. */
export class CountStatements {
  readonly #database: Database;
  readonly #add: Statement;
  readonly #take: Statement;
  readonly #forget: Statement;
  readonly #groups: Statement;
  readonly #group: Statement;
  readonly #count: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#add = database.prepare('INSERT INTO count_rows (flow, version, line, hour, data) VALUES (?, ?, ?, ?, ?)');
    this.#take = database.prepare('SELECT number, flow, version, line, hour, data FROM count_rows ORDER BY number LIMIT ?');
    this.#forget = database.prepare('DELETE FROM count_rows WHERE number <= ?');
    this.#groups = database.prepare('SELECT number, flow, version, line, first, last FROM count_groups WHERE flow = ?');
    this.#group = database.prepare(`INSERT INTO count_groups (flow, version, line, first, last) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (flow, version, line) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`);
    this.#count = database.prepare(`INSERT INTO counters ("group", unit, start, key, count) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT ("group", unit, start, key) DO UPDATE SET count = count + excluded.count`);
  }

  add(row: CountRow): void {
    this.#add.run(toStored(row.flow), toStored(row.version), toStored(row.number), row.hour, countData(row));
  }

  /** Adds up to `limit` rows to the counters, and deletes them; says how many. */
  fold(limit: number): number {
    const taken = this.#take.all(limit) as (StoredCountRow & { readonly number: number })[];
    const last = taken.at(-1);
    if (last === undefined) return 0;
    const flows = [...new Set(taken.map(({ flow }) => flow))];
    const known = (): StoredCountGroup[] => flows.flatMap((flow) => this.#groups.all(flow) as StoredCountGroup[]);
    const { groups, sums } = addUp(taken.map(toCountRow), known().map(toCountGroup));
    for (const { flow, version, number, first, last: latest } of groups.values())
      this.#group.run(toStored(flow), toStored(version), toStored(number), first, latest);
    for (const { number, unit, start, key, count } of numbered(sums, known())) this.#count.run(number, unit, start, toStored(key), count);
    this.#forget.run(last.number);
    return taken.length;
  }

  /** Deletes a day of the group whose counters are the oldest; says whether there was one. */
  prune(before: number): boolean {
    const until = dayOf(before);
    const oldest = this.#run(QUERIES.oldest(until)).get() as StoredCountGroup | undefined;
    if (oldest === undefined) return false;
    const { number, first, last } = oldest;
    const step = pruneStep(first, until);
    this.#run(QUERIES.deleteCounters(number, step)).run();
    this.#run(last < step ? QUERIES.deleteGroup(number) : QUERIES.moveGroup(number, step)).run();
    return true;
  }

  #run({ text, values }: ReturnType<typeof QUERIES.oldest>): { get(): unknown; run(): unknown } {
    const statement = this.#database.prepare(text.replace(/\$\d+/g, '?'));
    return { get: () => statement.get(...values), run: () => statement.run(...values) };
  }
}
