import { checkOptions, type OptionChecks, parameterCheck } from '../arguments/check-argument.ts';
import { PARAMETERS } from '../callflow/parameters.ts';
import { checkedText } from '../flow/check-text.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';
import type { Text } from '../flow/text.ts';

/** Options of `say`. */
export interface SayOptions {
  /** A voice profile for this text alone, e.g. `en-US-ZiraRUS`. @default the flow's voice for the language that is spoken */
  readonly voice?: string | null;
  /** 0.5..2.0. @default 1 */
  readonly speed?: number | null;
  /** How often it is spoken: 1, 2 or 3. @default 1 */
  readonly repetition?: number | null;
}

/** Speaks a text; see `say`. */
export interface Say extends Effect<'say', void> {
  readonly text: Text;
  readonly voice: string | null;
  readonly speed: number;
  readonly repetition: number;
}

const OPTIONS: OptionChecks<SayOptions> = {
  voice: parameterCheck(PARAMETERS.say.voiceProfile),
  speed: parameterCheck(PARAMETERS.say.speed),
  repetition: parameterCheck(PARAMETERS.say.repetition),
};

/**
 * Speaks `text` to the caller. Newlines and tabs in it become one space.
 *
 * @throws EffectArgumentError at once, with the code of the callflow rule that an argument breaks, or `HS_TEXT_LANGUAGE_MISSING`.
 */
export function say(text: Text, options: SayOptions = {}): Say {
  checkOptions('say', options, OPTIONS);
  return makeEffect<Say>({
    kind: 'say',
    text: checkedText('say', 'text', text, PARAMETERS.say.text),
    voice: options.voice ?? null,
    speed: options.speed ?? 1,
    repetition: options.repetition ?? 1,
  });
}
