import type { Calls } from './calls.ts';
import type { CallsContext } from './context.ts';
import { isStoreFailure } from './store-failure.ts';

/** Calls that one round looks after, side by side. */
export const SWEEP_BATCH = 50;

/**
 * Looks after calls that nobody asks for any more: ends that were not applied, leases that have run out, idle sessions. Says how many it looked at. What takes as long
 * as it likes, a step or a hook, goes on beside it: no other call waits for it. Rejects where the store can't be reached.
 */
export async function sweep({ store, clock }: Pick<CallsContext, 'store' | 'clock'>, calls: Calls): Promise<number> {
  const ids = await store.due(clock.now(), SWEEP_BATCH);
  const rounds = await Promise.allSettled(ids.map((callId) => calls.transact({ kind: 'due', at: clock.now(), callId })));
  const failed = rounds.find((round) => round.status === 'rejected' && isStoreFailure(round.reason));
  if (failed?.status === 'rejected') throw failed.reason;
  return ids.length;
}
