import type { IfAnswer } from '../../arguments/at-once.ts';
import { type ArgumentCheck, argumentError, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import type { Composite } from '../../effects/composite.ts';
import type { Prompt } from '../../flow/text.ts';
import { makeMenu, MENU_CHECKS } from './make-menu.ts';
import type { MenuOptions } from './menu-options.ts';
import type { Settled } from './menu.ts';
import { optionKeys } from './option-keys.ts';

/** Options of `confirm`: those of `menu`, and the keys. `W` is the type of `otherwise`. */
export interface ConfirmOptions<W = unknown> extends MenuOptions<W> {
  /** Keys for yes, written like an option of `menu`. @default '1' */
  readonly yes?: string | null;
  /** Keys for no. @default '2' */
  readonly no?: string | null;
}

const checkKeys: ArgumentCheck = (effect, argument, keys) => {
  if (typeof keys === 'string') return void optionKeys(keys);
  const says = { says: 'must be keys', came: `a value of type ${typeof keys}`, fix: "Write them as a text such as '1'." };
  throw argumentError('HS_MENU_KEY', effect, argument, says);
};
const CHECKS: OptionChecks<ConfirmOptions> = { ...MENU_CHECKS, yes: checkKeys, no: checkKeys };

/**
 * Asks a question that is answered with yes (true) or no (false): `confirm('Table for four at eight. Press 1 to book it, 2 to start again.')`.
 * The prompt must name the keys.
 *
 * @throws EffectArgumentError at once, as `menu` does.
 * @throws NoAnswerError into the flow, when no attempt is left and there is no `otherwise`.
 */
// `Open` is never given: see IfAnswer.
export function confirm<const W = never, Open = never>(
  prompt: Prompt,
  options: ConfirmOptions<W> & IfAnswer<W, Open> = {} as ConfirmOptions<W> & IfAnswer<W, Open>,
): Composite<boolean | Settled<W>> {
  checkOptions('confirm', options as ConfirmOptions, CHECKS);
  const { yes, no, ...settings } = options as ConfirmOptions;
  const [forYes, forNo] = [yes ?? '1', no ?? '2'];
  if (forYes === forNo) {
    const says = { says: 'must have keys of its own', came: 'those of yes', fix: 'Choose others.' };
    throw argumentError('HS_MENU_CLASH', 'confirm', 'no', says);
  }
  return makeMenu('confirm', prompt, { [forYes]: true, [forNo]: false }, settings) as Composite<boolean | Settled<W>>;
}
