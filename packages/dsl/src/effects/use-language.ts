import { argumentError, maskedName } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { isNameable } from '../callflow/speakable.ts';
import type { EffectArgumentError } from '../errors/index.ts';
import { currentRun } from '../flow/current-run.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';

/** Changes the language; see `useLanguage`. */
export interface UseLanguage extends Effect<'useLanguage', void> {
  readonly language: string;
}

/**
 * Speaks `language` (a key of the flow's `voices`) from here on.
 *
 * @throws EffectArgumentError at once: `HS_VOICE_MISSING` inside a running flow that has no voice for `language`, `HS_EFFECT_ARGUMENT` when it is no text.
 */
export function useLanguage(language: string): UseLanguage {
  if (typeof language !== 'string' || !isNameable(language)) {
    const says = { says: 'must be a language', came: describeValue(language), fix: "Give a key of the flow's `voices`." };
    throw argumentError('HS_EFFECT_ARGUMENT', 'useLanguage', 'language', says);
  }
  const voices = currentRun()?.options.voices;
  if (voices !== undefined && !Object.hasOwn(voices, language)) throw voiceMissing(language, Object.keys(voices).filter(Boolean));
  return makeEffect<UseLanguage>({ kind: 'useLanguage', language });
}

function voiceMissing(language: string, known: readonly string[]): EffectArgumentError {
  return argumentError('HS_VOICE_MISSING', 'useLanguage', 'language', {
    says:
      known.length === 0
        ? 'can not be changed, for the flow has one voice'
        : `must be one that the flow has a voice for: ${known.join(', ')}`,
    came: JSON.stringify(maskedName(language)),
    fix: `${didYouMean(language, known)}Add it to \`voices\` of defineFlow.`,
  });
}
