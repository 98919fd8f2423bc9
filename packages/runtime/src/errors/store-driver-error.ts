import { HookswitchError } from '@hookswitch/dsl';
import { storeName } from './store-name.ts';

/** The package that talks to the database is not installed, or is not what it must be. */
export class StoreDriverError extends HookswitchError {
  override readonly name = 'StoreDriverError';
  readonly code = 'HS_STORE_DRIVER';

  /** The `kind` of the store. */
  readonly store: string;
  /** The package to install. */
  readonly driver: string;

  /** `fix` is a whole sentence. */
  constructor(store: string, driver: string, fix: string, cause: unknown) {
    super(`The ${storeName(store)} store needs the package ${driver}, which could not be loaded. ${fix}`, { cause });
    this.store = store;
    this.driver = driver;
  }
}
