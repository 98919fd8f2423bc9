import { HookswitchError } from '@hookswitch/dsl';

/** The database's tables don't suit this release: they are of a later one that can't be read, or migrations are missing. */
export class StoreSchemaError extends HookswitchError {
  override readonly name = 'StoreSchemaError';
  readonly code = 'HS_STORE_SCHEMA';

  readonly problem: 'newer' | 'behind';
  /** Number of the last migration that the database has seen. */
  readonly found: number;
  /** Number of the last migration that this release knows. */
  readonly known: number;

  constructor(problem: 'newer' | 'behind', found: number, known: number) {
    const fix =
      problem === 'newer'
        ? 'A later release has migrated it in a way that this one cannot serve: run that release or a later one, or give this one a database of its own.'
        : 'Migrations run when a store is opened: restart the server; if an older backup was restored beneath it, that brings it up to date.';
    super(`The database is at schema ${found}, this release knows schema ${known}. ${fix}`);
    this.problem = problem;
    this.found = found;
    this.known = known;
  }
}
