import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Tells the language; see `currentLanguage`. */
export type CurrentLanguage = Effect<'currentLanguage', string | null>;

/**
 * The language that is spoken now, a key of the flow's `voices`: that of the last `useLanguage`, else the call's own, else the flow's. Null in a flow with one voice
 * and no language. What is kept for later, such as a request to be called back, is kept with it: `call.language` is the one that the call began with.
 */
export function currentLanguage(): CurrentLanguage {
  return makeEffect<CurrentLanguage>({ kind: 'currentLanguage' });
}
