import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Tells the time; see `now`. */
export type Now = Effect<'now', Date>;

/** The time of the last event of the call, the same on every replay. The flow's only clock. */
export function now(): Now {
  return makeEffect<Now>({ kind: 'now' });
}
