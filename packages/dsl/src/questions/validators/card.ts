import { argumentError, checkedByMaker, checkOptions } from '../../arguments/check-argument.ts';
import { passesLuhn, withCheckDigit } from './luhn.ts';
import { checkReasons, checkWhole, makeValidator, MAX_DIGITS, refuse, type Validator, type ValidatorOptions } from './validator.ts';

/** Options of `card`. */
export interface CardOptions extends ValidatorOptions {
  /** Lengths that are taken. @default 12 to 19, which are those of payment cards (12 are Maestro's) */
  readonly lengths?: readonly number[];
}

const LENGTHS = [12, 13, 14, 15, 16, 17, 18, 19];

/**
 * The number of a payment card, with its check digit (Luhn) checked. Sensitive.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for lengths that can't be.
 */
export function card(options: CardOptions = {}): Validator<string> {
  checkOptions('card', options, { reasons: checkReasons, lengths: checkedByMaker });
  const { lengths = LENGTHS, reasons = {} } = options;
  if (!Array.isArray(lengths) || lengths.length === 0) {
    const says = { says: 'must be a list of lengths', came: 'none', fix: 'Write [16], or leave it out.' };
    throw argumentError('HS_ASK_VALIDATOR', 'card', 'lengths', says);
  }
  for (const length of lengths) checkWhole('card', 'lengths', length, 2, MAX_DIGITS);
  return makeValidator({
    name: 'card',
    minDigits: Math.min(...lengths),
    maxDigits: Math.max(...lengths),
    sensitive: true,
    reasons,
    check: (entry) => (lengths.includes(entry.length) && passesLuhn(entry) ? entry : refuse('notACard', reasons)),
    examples() {
      const good = withCheckDigit('4'.padEnd((lengths.includes(16) ? 16 : (lengths[0] as number)) - 1, '1'));
      const wrong = `${good.slice(0, -1)}${(Number(good.at(-1)) + 1) % 10}`;
      return [
        { label: 'valid', entry: good, valid: true },
        { label: 'wrong check digit', entry: wrong, valid: false },
      ];
    },
  });
}
