import type { IfAnswer } from './at-once.ts';
import type { Composite } from './composite.ts';
import type { Effect } from './effect.ts';
import type { Branch } from './menu/branch-option.ts';
import { makeMenu, type MenuEvent } from './menu/make-menu.ts';
import type { QuestionOptions } from './question/plan.ts';
import type { Escalation } from './question/prompts.ts';
import type { OwnKeys } from './question/universal-keys.ts';
import type { Prompt, Text } from './text.ts';

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

/** The options of a menu's value form. */
export type MenuValues = Readonly<
  Record<string | number, string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>>
>;
/** The options of a menu's branch form. */
export type MenuBranches = Readonly<Record<string | number, Branch<unknown>>>;

/** What a value, or the generator function in place of one, comes to. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
export type Settled<V> = V extends (...args: any[]) => Generator<Effect, infer R, any> ? R : V;

/**
 * Asks the caller to choose. Options are written `1`, `'1,2'`, `'4-6'`, `'*'`, `'#'` or `'12'`, and are all values, one of which is the answer,
 * or all generator functions: then the menu runs the one that was chosen, with the keys that were pressed, and gives its result.
 *
 * Inside such a branch the universal keys *back* and *main* work in every menu and question: they close the branch (its `finally` blocks run)
 * and play its menu, or the outermost one, again, as if for the first time. *Repeat* plays the prompt again and costs no attempt;
 * *operator* runs the flow's operator, and if that returns, the menu is played again.
 *
 * @throws EffectArgumentError at once: a callflow rule's code, `HS_MENU_OPTIONS`, `HS_MENU_KEY`, `HS_MENU_CLASH`, `HS_MENU_BRANCH`,
 * `HS_KEYS_INVALID`, `HS_KEYS_CLASH`, `HS_KEYS_OUTSIDE_BRANCH`, `HS_EFFECT_OPTION_UNKNOWN`.
 * @throws NoAnswerError into the flow, when no attempt is left and there is no `otherwise`.
 */
// `Open` is never given: see IfAnswer.
export function menu<const O extends MenuValues | MenuBranches, const W = never, Open = never>(
  prompt: Prompt,
  options: O,
  settings: MenuOptions<W> & IfAnswer<W, Open> = {} as MenuOptions<W> & IfAnswer<W, Open>,
): Composite<Settled<O[keyof O]> | Settled<W>> {
  return makeMenu('menu', prompt, options, settings as MenuOptions) as Composite<Settled<O[keyof O]> | Settled<W>>;
}
