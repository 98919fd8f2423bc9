import { isHookswitchError } from '@hookswitch/dsl';
import { CallChangedError } from '../errors/call-changed-error.ts';

/** Whether the store could not do what it was asked, which may pass; anything else comes again however often it is tried. */
export function isStoreFailure(error: unknown): boolean {
  return isHookswitchError(error) && error.code === 'HS_STORE_UNAVAILABLE';
}

/** Whether a commit may come through when it is tried again, here or by whoever has the call then. All else is a fault of what was to be saved. */
export function mayPass(error: unknown): boolean {
  return error instanceof CallChangedError || isStoreFailure(error);
}
