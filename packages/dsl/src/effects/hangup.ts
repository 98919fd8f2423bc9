import { type EffectBase, makeEffect } from './effect.ts';

/** Ends the call; see `hangup`. */
export type Hangup = EffectBase<'hangup', never>;

/** Ends the call. Nothing after it is spoken; `finally` blocks around it run when the platform reports the end of the session. */
export function hangup(): Hangup {
  return makeEffect<Hangup>({ kind: 'hangup' });
}
