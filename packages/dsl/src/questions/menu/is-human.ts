import { type ArgumentCheck, argumentError, checkedByMaker, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import { describeValue } from '../../callflow/describe-value.ts';
import type { Composite } from '../../effects/composite.ts';
import type { Prompt } from '../../flow/text.ts';
import { makeMenu, MENU_CHECKS } from './make-menu.ts';
import type { AttemptOptions } from '../attempts.ts';
import type { MenuEvent, MenuOptions } from './menu-options.ts';
import { optionKeys } from './option-keys.ts';

/** Options of `isHuman`: the prompt, the key, and those of `menu` but for `otherwise`. */
export interface IsHumanOptions extends Omit<MenuOptions, 'otherwise' | 'attempts'> {
  /** What is asked. It must name the key: `'This is the practice of Doctor Lee. To go on, press 1.'` */
  readonly prompt: Prompt;
  /** Keys of which one is to be pressed, written like an option of `menu`. @default '1' */
  readonly key?: string | null;
  /** How often the callee may try, as in `menu`. An answering machine is talked to as often. @default 2 */
  readonly attempts?: AttemptOptions<MenuEvent> | null;
}

const checkKey: ArgumentCheck = (effect, argument, key) => {
  if (typeof key === 'string') return void optionKeys(key);
  const says = { says: 'must be keys', came: describeValue(key), fix: "Write them as a text such as '1'." };
  throw argumentError('HS_MENU_KEY', effect, argument, says);
};
const { otherwise: _, ...CHECKED } = MENU_CHECKS;
const CHECKS: OptionChecks<IsHumanOptions> = { ...CHECKED, prompt: checkedByMaker, key: checkKey };

/**
 * Asks whoever has answered a call to press a key: true once it is pressed, false where nobody has pressed it in all attempts, as an answering machine does not. Ask it before anything
 * that is meant for one person alone.
 *
 * @throws EffectArgumentError at once, as `menu` does.
 */
export function isHuman(options: IsHumanOptions): Composite<boolean> {
  checkOptions('isHuman', options, CHECKS);
  const { prompt, key, attempts, ...settings } = options;
  return makeMenu(
    'isHuman',
    prompt,
    { [key ?? '1']: true },
    { ...settings, attempts: attempts ?? 2, otherwise: false },
  ) as Composite<boolean>;
}
