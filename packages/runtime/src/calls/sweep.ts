/** Looks after calls that nobody asks for any more. It decides nothing: each call that is due is an input like any other, and goes through the one loop. */
import { CallChangedError } from '../errors/call-changed-error.ts';
import type { Calls } from './calls.ts';
import type { CallsContext } from './context.ts';

/** Calls that one round looks after, side by side. */
export const SWEEP_BATCH = 50;
/** Calls whose counts one round adds to the counters. */
export const FOLD_BATCH = 500;

/**
 * Looks after calls that nobody asks for any more: ends that were not applied, leases that have run out, idle sessions; and adds the counts of calls that are over to the counters. Says whether there is more to do. What takes as long
 * as it likes, a step or a hook, goes on beside it: no other call waits for it. Rejects with the first failure, once all are through.
 */
export async function sweep({ store, clock }: Pick<CallsContext, 'store' | 'clock'>, calls: Calls): Promise<boolean> {
  const ids = await store.due(clock.now(), SWEEP_BATCH);
  const rounds = await Promise.allSettled(ids.map((callId) => calls.transact({ kind: 'due', at: clock.now(), callId })));
  // Somebody who was faster is no failure.
  const folded = await store.foldCounts(FOLD_BATCH);
  const failed = rounds.find((round) => round.status === 'rejected' && !(round.reason instanceof CallChangedError));
  if (failed?.status === 'rejected') throw failed.reason;
  return ids.length >= SWEEP_BATCH || folded >= FOLD_BATCH;
}
