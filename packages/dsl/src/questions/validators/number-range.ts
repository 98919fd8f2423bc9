import { phrase } from '../../flow/phrase.ts';
import { fill } from '../fill.ts';
import { invalid } from './invalid.ts';
import { checkValidatorOptions, checkWhole, type EntryExample, makeValidator, type Validator, type ValidatorOptions } from './validator.ts';

/**
 * A whole number from `min` to `max`, 0 or more: `numberRange(1, 12)`. Leading zeros count for nothing: `012` is 12.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for bounds that can't be.
 */
export function numberRange(min: number, max: number, options: ValidatorOptions = {}): Validator<number> {
  checkValidatorOptions('numberRange', options);
  const { reasons = {} } = options;
  checkWhole('numberRange', 'min', min, 0, Number.MAX_SAFE_INTEGER);
  checkWhole('numberRange', 'max', max, min, Number.MAX_SAFE_INTEGER);
  const maxDigits = String(max).length;
  return makeValidator({
    name: 'numberRange',
    minDigits: 1,
    maxDigits,
    leadingZeros: true,
    reasons,
    check(entry) {
      const number = Number(entry);
      if (number < min) return invalid(fill(phrase('numberTooLow', reasons), 'min', String(min)));
      return number > max ? invalid(fill(phrase('numberTooHigh', reasons), 'max', String(max))) : number;
    },
    examples() {
      const examples: EntryExample[] = [{ label: 'valid', entry: String(max), valid: true }];
      if (min < max) examples.push({ label: 'valid, the lowest', entry: String(min), valid: true });
      if (min > 0) examples.push({ label: 'too low', entry: String(min - 1), valid: false });
      if (String(max + 1).length === maxDigits) examples.push({ label: 'too high', entry: String(max + 1), valid: false });
      return examples;
    },
  });
}
