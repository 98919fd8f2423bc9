import { HookswitchError } from '@hookswitch/dsl';

/** The store took so long that the caller was asked to wait; what it saves in the end is what the caller hears next. */
export class StoreSlowError extends HookswitchError {
  override readonly name = 'StoreSlowError';
  readonly code = 'HS_STORE_SLOW';

  /** ms that were waited. */
  readonly waited: number;

  constructor(waited: number) {
    super(
      `A turn was not saved within ${waited} ms, so the caller was asked to wait. Look at the load and the locks of the store, and at the way to it.`,
    );
    this.waited = waited;
  }
}
