import { isHookswitchError } from '@hookswitch/dsl';

/** Whether the store could not do what it was asked, which may pass; anything else comes again however often it is tried. */
export function isStoreFailure(error: unknown): boolean {
  return isHookswitchError(error) && error.code === 'HS_STORE_UNAVAILABLE';
}
