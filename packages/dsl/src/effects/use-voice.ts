import { PARAMETERS } from '../callflow/parameters.ts';
import { checkParameter } from './check-argument.ts';
import { type EffectBase, makeEffect } from './effect.ts';

/** Changes the voice; see `useVoice`. */
export interface UseVoice extends EffectBase<'useVoice', void> {
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
