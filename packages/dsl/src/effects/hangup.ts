import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Ends the call; see `hangup`. */
export type Hangup = Effect<'hangup', never>;

/**
 * Ends the call. Nothing after it is performed; the `finally` blocks around it, and what stands in them in an `uninterruptible` block, run when the platform reports
 * the end of the session.
 */
export function hangup(): Hangup {
  return makeEffect<Hangup>({ kind: 'hangup' });
}
