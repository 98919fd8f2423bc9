import type { IfAnswer } from '../../arguments/at-once.ts';
import type { Composite } from '../../effects/composite.ts';
import type { Effect } from '../../flow/effect.ts';
import type { Prompt } from '../../flow/text.ts';
import type { Branch } from './branch-option.ts';
import { makeMenu } from './make-menu.ts';
import type { MenuOptions } from './menu-options.ts';

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
