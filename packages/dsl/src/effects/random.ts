import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Draws a number; see `random`. */
export type Random = Effect<'random', number>;

/** A number in [0, 1), seeded by the call and the same on every replay. Not for secrets. */
export function random(): Random {
  return makeEffect<Random>({ kind: 'random' });
}
