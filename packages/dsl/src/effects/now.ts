import { type EffectBase, makeEffect } from './effect.ts';

/** Tells the time; see `now`. */
export type Now = EffectBase<'now', Date>;

/** The time of the last event of the call, the same on every replay. The flow's only clock. */
export function now(): Now {
  return makeEffect<Now>({ kind: 'now' });
}
