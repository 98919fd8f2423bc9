import { checkParameter } from '../arguments/check-argument.ts';
import { PARAMETERS } from '../callflow/parameters.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Changes the voice; see `useVoice`. */
export interface UseVoice extends Effect<'useVoice', void> {
  readonly voice: string;
}

/**
 * Speaks with voice profile `voice` from here on, until the language is changed.
 *
 * @throws EffectArgumentError at once, when `voice` can't be a voice profile. Whether the account has it is for 8x8 to know.
 */
export function useVoice(voice: string): UseVoice {
  checkParameter('useVoice', 'voice', voice, PARAMETERS.say.voiceProfile);
  return makeEffect<UseVoice>({ kind: 'useVoice', voice });
}
