import type { IfAnswer } from '../../arguments/at-once.ts';
import type { Composite } from '../../effects/composite.ts';
import type { Prompt } from '../../flow/text.ts';
import type { Settled } from '../menu/menu.ts';
import type { AskOptions } from './ask-options.ts';
import { makeAsk } from './make-ask.ts';

/**
 * Asks the caller to key something in, and gives what the validator makes of it. What is not valid is told with a spoken reason and asked again.
 *
 * @throws EffectArgumentError at once: a callflow rule's code, `HS_ASK_VALIDATOR`, `HS_KEYS_INVALID`, `HS_KEYS_CLASH`, `HS_KEYS_OUTSIDE_BRANCH`,
 * `HS_EFFECT_OPTION_UNKNOWN`.
 * @throws NoAnswerError into the flow, when no attempt is left and there is no `otherwise`.
 */
// `Open` is never given: see IfAnswer.
export function ask<T = string, const W = never, Open = never>(
  prompt: Prompt,
  options: AskOptions<T, W> & IfAnswer<W, Open> = {} as AskOptions<T, W> & IfAnswer<W, Open>,
): Composite<T | Settled<W>> {
  return makeAsk(prompt, options as AskOptions) as Composite<T | Settled<W>>;
}
