/** Looks after calls that nobody asks for any more. It decides nothing: each call that is due is an input like any other, and goes through the one loop. */
import { CallChangedError } from '../errors/call-changed-error.ts';
import { messageOf } from '../errors/message-of.ts';
import type { Calls } from './calls.ts';
import type { CallsContext } from './context.ts';
import { Folding } from './folding.ts';

/** Calls that one round looks after, side by side. */
export const SWEEP_BATCH = 50;

/**
 * Looks after calls that nobody asks for any more: ends that were not applied, leases that have run out, idle sessions; and adds the counts of calls that are over to the
 * counters. Returns whether there is more to do. A step or a hook takes its time beside it: no other call waits for it. Rejects once all are
 * through: with the first failure of a call, or of adding, and with an `AggregateError` of both where both have failed. `folding`: what earlier rounds have learned of the store.
 */
export async function sweep(
  { store, clock }: Pick<CallsContext, 'store' | 'clock'>,
  calls: Calls,
  folding = new Folding(),
): Promise<boolean> {
  const ids = await store.due(clock.now(), SWEEP_BATCH);
  const rounds = await Promise.allSettled(ids.map((callId) => calls.transact({ kind: 'due', at: clock.now(), callId })));
  const [folded] = await Promise.allSettled([folding.next(store)]);
  // Somebody who was faster is no failure.
  const failed = rounds.find((round) => round.status === 'rejected' && !(round.reason instanceof CallChangedError));
  const failures = [failed, folded].flatMap((one): readonly unknown[] => (one?.status === 'rejected' ? [one.reason] : []));
  if (failures.length > 1) throw new AggregateError(failures, failures.map((failure) => messageOf(failure)).join('; '));
  if (folded.status === 'rejected' || failures.length > 0) throw failures[0];
  return ids.length >= SWEEP_BATCH || folded.value;
}

/** Calls that are counted side by side. */
const COUNTED_AT_ONCE = 20;

/**
 * Counts up to `limit` calls that ended on a server which did not count. Each is an input like any other, so that it is counted once, whoever asks and whatever fails; whoever asks
 * again goes on where this has ended.
 */
export async function countEnded(
  { store, clock }: Pick<CallsContext, 'store' | 'clock'>,
  calls: Calls,
  limit: number,
): Promise<{ readonly counted: number; readonly more: boolean }> {
  const ids = await store.uncounted(limit + 1);
  const wanted = ids.slice(0, limit);
  let counted = 0;
  for (let from = 0; from < wanted.length; from += COUNTED_AT_ONCE) {
    const some = wanted.slice(from, from + COUNTED_AT_ONCE);
    const replies = await Promise.all(some.map((callId) => calls.transact({ kind: 'count', at: clock.now(), callId })));
    // Somebody else may count the same calls at the same time.
    counted += replies.filter((reply) => reply.kind === 'counted' && reply.isNew).length;
  }
  return { counted, more: ids.length > limit };
}
