import { isHookswitchError } from '@hookswitch/dsl';
import { type Clock, withTimeout } from '../clock.ts';
import { sharedLook } from '../observe/shared-look.ts';
import type { Store } from '../store/store.ts';

/** How long those who ask wait for the store, ms. */
const TIMEOUT = 5_000;

/** Gives why the server can't take calls, or null. Anybody may ask, as often as they like: the store is looked at once a second at most. */
export function createReadiness(store: Pick<Store, 'ping'>, clock: Clock): () => Promise<string | null> {
  const look = sharedLook(clock, () =>
    store.ping().then(
      () => ({ reason: null }),
      (error: unknown) => ({ reason: reasonOf(error) }),
    ),
  );
  const lookInTime = sharedLook(clock, () => withTimeout(clock, TIMEOUT, look()));
  return async () => {
    const found = await lookInTime();
    return found === null ? 'the store does not answer' : found.reason;
  };
}

/** What strangers may read: our own messages, which hold no secret. */
function reasonOf(error: unknown): string {
  return isHookswitchError(error) ? error.message : 'the store is out of reach';
}
