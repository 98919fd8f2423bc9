import { argumentError } from '../../arguments/check-argument.ts';
import { describeValue } from '../../callflow/describe-value.ts';
import { isKeys, whyNotKeys } from '../../flow/phone-key.ts';

const RANGE = /^(\d{1,25})-(\d{1,25})$/;
const MAX_IN_RANGE = 100;
/** Words that authors try as an option for everything else. */
const REST = /^(otherwise|default|else|other|timeout|none)$/i;

/**
 * What callers can key in for an option that is written `1`, `'1,2'`, `'4-6'`, `'*'`, `'#'` or `'12'`. A range goes from digits to as many digits,
 * leading zeros kept (`'01-12'`), over 100 entries at most.
 *
 * @throws EffectArgumentError `HS_MENU_KEY` for anything else.
 */
export function optionKeys(option: string): readonly string[] {
  return option.split(',').flatMap((part) => {
    const text = part.trim();
    const range = RANGE.exec(text);
    if (range !== null) return rangeKeys(option, range[1] as string, range[2] as string);
    if (isKeys(text)) return [text];
    throw badOption(option, REST.test(text) ? 'What happens otherwise is the option `otherwise` of the menu.' : whyNotKeys(text));
  });
}

function rangeKeys(option: string, from: string, to: string): readonly string[] {
  if (from.length !== to.length) throw badOption(option, 'Both ends of a range have as many digits: write 08-12 rather than 8-12.');
  const first = BigInt(from);
  const count = BigInt(to) - first + 1n;
  if (count < 1n) throw badOption(option, `Did you mean "${to}-${from}"? A range goes upwards.`);
  if (count > BigInt(MAX_IN_RANGE)) throw badOption(option, `A range holds ${MAX_IN_RANGE} entries at most: take digits with ask().`);
  return Array.from({ length: Number(count) }, (_, index) => String(first + BigInt(index)).padStart(from.length, '0'));
}

function badOption(option: string, fix: string): Error {
  return argumentError('HS_MENU_KEY', 'menu', `options["${option}"]`, {
    says: 'must be keys: 1, "1,2", "4-6", "*", "#" or "12"',
    came: describeValue(option),
    fix,
  });
}

/**
 * Which option each key belongs to.
 *
 * @throws EffectArgumentError `HS_MENU_KEY` for what is no key, `HS_MENU_CLASH` for a key with two meanings.
 */
export function keyTable(effect: string, options: readonly string[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const option of options) {
    for (const key of optionKeys(option)) {
      const other = owners.get(key);
      if (other !== undefined) {
        throw argumentError('HS_MENU_CLASH', effect, `options["${option}"]`, {
          says: 'must have keys of its own',
          came: other === option ? 'one key twice' : `the key "${key}", which "${other}" has too`,
          fix: 'Take it out of one of them.',
        });
      }
      owners.set(key, option);
    }
  }
  return owners;
}
