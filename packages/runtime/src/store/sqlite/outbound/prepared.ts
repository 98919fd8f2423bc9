import type { Value } from '../../call-row.ts';
import type { Database, Statement } from '../driver.ts';

/** Statements, each prepared when it is first run. There are as many as stand in the code. */
export class Prepared {
  readonly #database: Database;
  readonly #known = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  all<Row>(text: string, ...values: Value[]): Row[] {
    return this.#of(text).all(...values) as Row[];
  }

  /** The first row, or undefined. */
  one<Row>(text: string, ...values: Value[]): Row | undefined {
    return this.#of(text).get(...values) as Row | undefined;
  }

  /** Says how many rows were changed. */
  run(text: string, ...values: Value[]): number {
    return Number(this.#of(text).run(...values).changes);
  }

  #of(text: string): Statement {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    this.#known.set(text, statement);
    return statement;
  }
}
