import { argumentError } from '../arguments/check-argument.ts';
import { type CurrentRun, currentRun } from '../flow/current-run.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';
import { MAX_TAG_TEXT, textProblem } from '../flow/tags.ts';

/** Declines an outbound call; see `decline`. */
export interface Decline extends Effect<'decline', never> {
  readonly reason: string;
}

/** What tells whether a running flow may decline its call. */
export type DeclinableRun = Pick<CurrentRun, 'call' | 'hasSpoken'>;

/**
 * Declines an outbound call before its first words: no phone rings, and the call is `cancelled`, with `reason` as the message of its error `declined`. Nothing after it is performed, but for
 * `finally` and `uninterruptible` blocks around it, as after `hangup`. `reason`: 1 to 200 characters, one of a few texts such as `'opted out'`; it is stored and listed, so don't put digits, names or numbers into it.
 *
 * @throws EffectArgumentError at once: `HS_DECLINE_INBOUND` in a call that came in; `HS_DECLINE_LATE` once the flow has said, asked or connected something, or waited for a signal.
 */
export function decline(reason: string): Decline {
  const problem = textProblem(reason);
  if (problem !== null) {
    const fix = "Say why nobody is called, e.g. decline('opted out').";
    throw argumentError('HS_EFFECT_ARGUMENT', 'decline', 'reason', {
      says: `must be a text of 1 to ${MAX_TAG_TEXT} characters`,
      came: problem,
      fix,
    });
  }
  const run = currentRun();
  if (run !== null) demandDeclinable(run);
  return makeEffect<Decline>({ kind: 'decline', reason });
}

/** Throws `EffectArgumentError` where a running flow can't decline its call any more, or never could. */
export function demandDeclinable({ call, hasSpoken }: DeclinableRun): void {
  if (call.direction !== 'outbound') {
    const fix = 'Look at call.direction first; where a call has come in, say goodbye, and hangup().';
    throw argumentError('HS_DECLINE_INBOUND', 'decline', 'the call', { says: 'must be outbound', came: 'a call that has come in', fix });
  }
  if (!hasSpoken) return;
  const says = 'must not have begun';
  const fix = 'Decline before anything is said, asked or waited for, after steps alone; later say goodbye, and hangup().';
  throw argumentError('HS_DECLINE_LATE', 'decline', 'the call', { says, came: 'one in which the flow has said or asked something', fix });
}
