import { checkLengths, checkValidatorOptions, makeValidator, sampleDigits, type Validator, type ValidatorOptions } from './validator.ts';

/**
 * Digits as they are keyed in, leading zeros kept: `digits(8)`, or `digits(4, 8)` for 4 to 8 of them. 1..25.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for lengths that can't be.
 */
export function digits(min: number, max: number = min, options: ValidatorOptions = {}): Validator<string> {
  checkValidatorOptions('digits', options);
  const { reasons = {} } = options;
  checkLengths('digits', min, max);
  return makeValidator({
    name: 'digits',
    minDigits: min,
    maxDigits: max,
    reasons,
    check: (entry) => entry,
    examples: () => [{ label: 'valid', entry: sampleDigits(max), valid: true }],
  });
}
