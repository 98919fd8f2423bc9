import { checkLengths, checkValidatorOptions, makeValidator, sampleDigits, type Validator, type ValidatorOptions } from './validator.ts';

/**
 * A secret number, `pin(4)` or `pin(4, 6)`, as it is keyed in: like `digits`, and sensitive. Whether it is right is for a `step` to say.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for lengths that can't be.
 */
export function pin(min: number, max: number = min, options: ValidatorOptions = {}): Validator<string> {
  checkValidatorOptions('pin', options);
  const { reasons = {} } = options;
  checkLengths('pin', min, max);
  return makeValidator({
    name: 'pin',
    minDigits: min,
    maxDigits: max,
    sensitive: true,
    reasons,
    check: (entry) => entry,
    examples: () => [{ label: 'valid', entry: sampleDigits(max), valid: true }],
  });
}
