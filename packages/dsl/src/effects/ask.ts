import type { IfAnswer } from './at-once.ts';
import type { Composite } from './composite.ts';
import { type AskConfirmation, type AskEvent, makeAsk } from './ask/make-ask.ts';
import type { Settled } from './menu.ts';
import type { QuestionOptions } from './question/plan.ts';
import type { Escalation } from './question/prompts.ts';
import type { OwnKeys } from './question/universal-keys.ts';
import type { Prompt } from './text.ts';
import type { Validator } from './validators/validator.ts';

/** Options of `ask`. `T` is the type of its answer, `W` that of `otherwise`. */
export interface AskOptions<T = unknown, W = unknown> extends QuestionOptions<AskEvent, W> {
  /** The site's name: letters, digits, `-` and `_`; at most 56 of them where there is a confirmation. @default made of the prompt */
  readonly id?: string | null;
  /** What is taken as an answer, and what becomes of it. @default 1 to 25 digits, as they are keyed in */
  readonly validate?: Validator<T> | null;
  /** Reads the entry one by one and asks whether it is right, at the site `<id>-confirm`. An entry that isn't costs an attempt. @default false */
  readonly confirm?: boolean | AskConfirmation<T> | null;
  /** Spoken after an entry that is too short, or `#` alone, instead of reason and main prompt; `{reason}` in it stands for the reason. */
  readonly tooShort?: Escalation | null;
  /** The same after an entry that is too long. */
  readonly tooLong?: Escalation | null;
  /** The same after an entry that the validator refuses. */
  readonly invalid?: Escalation | null;
  /** Universal keys in place of the flow's; null switches one off. A key works here if it can't be an answer. */
  readonly keys?: OwnKeys | null;
  /** Further entries that exploration tries. */
  readonly examples?: readonly string[] | null;
  /** The entry is masked in stored bodies and encrypted in the journal. @default true for `pin` and `card`, else false */
  readonly sensitive?: boolean | null;
  /** Milliseconds between two digits. @default 5000 */
  readonly digitTimeout?: number | null;
  /** Milliseconds for the whole entry. @default 30000 */
  readonly overallTimeout?: number | null;
}

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
