import type { Query } from '../call-row.ts';
import type { Database, Statement } from './driver.ts';

/** Different texts of queries that are kept prepared; filters make the only ones that aren't known beforehand. */
const MAX_PREPARED = 100;

/** Runs queries, each text prepared once. */
export class ReadStatements {
  readonly #database: Database;
  readonly #prepared = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The first row, or undefined. */
  one<Row>({ text, values }: Query): Row | undefined {
    return this.#prepare(text).get(...values) as Row | undefined;
  }

  all<Row>({ text, values }: Query): Row[] {
    return this.#prepare(text).all(...values) as Row[];
  }

  #prepare(text: string): Statement {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text.replace(/\$\d+/g, '?'));
    if (this.#prepared.size >= MAX_PREPARED) this.#prepared.clear();
    this.#prepared.set(text, statement);
    return statement;
  }
}
