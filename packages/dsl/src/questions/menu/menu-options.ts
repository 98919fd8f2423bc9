import type { Text } from '../../flow/text.ts';
import type { QuestionOptions } from '../plan.ts';
import type { Escalation } from '../prompts.ts';
import type { OwnKeys } from '../universal-keys.ts';

/** What can go wrong in a menu: silence, keys that lead nowhere, an entry that no option could be (too short, too long, or `#` alone). */
export const MENU_EVENTS = ['noInput', 'noMatch', 'invalid'] as const;
export type MenuEvent = (typeof MENU_EVENTS)[number];

/** Options of `menu`. `W` is the type of `otherwise`. */
export interface MenuOptions<W = unknown> extends QuestionOptions<MenuEvent, W> {
  /** Spoken instead of the main prompt after keys that lead nowhere, as `noInput` is after silence. @default the main prompt */
  readonly noMatch?: Escalation | null;
  /** The same after an entry that no option could be: too short, too long, or `#` alone. @default `noMatch` */
  readonly invalid?: Escalation | null;
  /** Universal keys in place of the flow's; null switches one off. `back` and `main` work inside a branch only. */
  readonly keys?: OwnKeys | null;
  /** Milliseconds between two keys, where options have several keys or different lengths. @default 3000 */
  readonly digitTimeout?: number | null;
  /** Milliseconds for the whole entry. @default 10000 */
  readonly overallTimeout?: number | null;
  /** How often the platform asks by itself before that counts as one attempt, ≥ 1. Between its tries it speaks `failureMessage`, and the prompt again. @default 1 */
  readonly noOfTries?: number | null;
  /** What the platform says after a try of its own that failed. @default nothing */
  readonly failureMessage?: Text | null;
  /** Whether `#` ends an entry. False needs options without `#`. @default false where all entries have one length and none is `#`, else true */
  readonly completeOnHash?: boolean | null;
}
