import type { Text } from '../../flow/text.ts';
import type { AttemptOptions } from '../attempts.ts';
import type { MenuEvent } from '../menu/menu-options.ts';
import type { QuestionOptions } from '../plan.ts';
import type { Escalation } from '../prompts.ts';
import type { OwnKeys } from '../universal-keys.ts';
import type { Validator } from '../validators/validator.ts';

/** What can cost an attempt at a question: an entry that is not taken, or one that the caller does not confirm (`again`). */
export const ASK_EVENTS = ['noInput', 'tooShort', 'tooLong', 'invalid', 'again'] as const;
export type AskEvent = (typeof ASK_EVENTS)[number];

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

/** How an entry is read back. */
export interface AskConfirmation<T = unknown> {
  /**
   * What is asked: `{entry}` stands for the entry, read one by one. Or a function of the value, which is pure: `(date) => 'You said …'`.
   * It must name the keys: 1 if it is right, 2 to enter it again. @default the phrase `readBack`
   */
  readonly prompt?: Text | ((value: T) => Text) | null;
  /** How often the caller may try to say whether it is right. @default 3 */
  readonly attempts?: AttemptOptions<MenuEvent> | null;
  /** Prompts after silence and after other keys, as in `menu`; `{entry}` in a text stands for the entry. @default the prompt again */
  readonly noInput?: Escalation | null;
  readonly noMatch?: Escalation | null;
}
