import { HookswitchError } from '@hookswitch/dsl';

/** Another process, or another store of this one, has the SQLite file open. Nothing was read or written. */
export class StoreInUseError extends HookswitchError {
  override readonly name = 'StoreInUseError';
  readonly code = 'HS_STORE_IN_USE';

  /** The file, as it was given. */
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(
      `Another server has ${JSON.stringify(file)} open, and a SQLite store serves one process. ` +
        'Stop the other one first, give this one a file of its own, or use a Postgres store, which several servers share.',
      { cause },
    );
    this.file = file;
  }
}
