import type { LiveCall } from './live-call.ts';
import type { SessionContext } from './settings.ts';

/**
 * Whether a call stands at a sensitive question on a server without data keys, as where its exploration has never reached it: what the caller keys in could not be
 * kept, so it is not asked for.
 */
export function asksWithoutKey({ sealer }: SessionContext, { position: { effect } }: LiveCall): boolean {
  return effect?.kind === 'capture' && effect.sensitive && !sealer.canSeal;
}
