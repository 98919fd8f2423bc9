import { HookswitchError } from '@hookswitch/dsl';

/** The package that talks to the database is not installed, or is not what it must be. */
export class StoreDriverError extends HookswitchError {
  override readonly name = 'StoreDriverError';
  readonly code = 'HS_STORE_DRIVER';

  readonly store: 'sqlite' | 'postgres';
  /** The package to install. */
  readonly driver: string;

  /** `fix` is a whole sentence. */
  constructor(store: 'sqlite' | 'postgres', driver: string, fix: string, cause: unknown) {
    super(`The ${store === 'sqlite' ? 'SQLite' : 'Postgres'} store needs the package ${driver}, which could not be loaded. ${fix}`, {
      cause,
    });
    this.store = store;
    this.driver = driver;
  }
}
