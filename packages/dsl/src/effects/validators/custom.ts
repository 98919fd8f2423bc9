import { argumentError, checkOptions, checkBoolean, checkedByMaker, type OptionChecks } from '../check-argument.ts';
import { describeValue } from '../../callflow/describe-value.ts';
import { type Invalid, isInvalid } from './invalid.ts';
import { checkLengths, checkReasons, type EntryExample, makeValidator, type Validator, type ValidatorOptions } from './validator.ts';

/** Options of `custom`. */
export interface CustomOptions extends ValidatorOptions {
  /** Fewest keys of an entry, 1..25. @default 1 */
  readonly minDigits?: number;
  /** Most keys of an entry, 1..25. @default 25 */
  readonly maxDigits?: number;
  /** Whether `*` may be part of an entry. @default false */
  readonly star?: boolean;
  /** Whether entries are secret. @default false */
  readonly sensitive?: boolean;
  /** Entries that pass and entries that don't, for exploration and diagrams. Without one that passes, exploration can't go past the question. */
  readonly examples?: { readonly pass?: readonly string[]; readonly fail?: readonly string[] };
}

const CHECKS: OptionChecks<CustomOptions> = {
  reasons: checkReasons,
  minDigits: checkedByMaker,
  maxDigits: checkedByMaker,
  star: checkBoolean,
  sensitive: checkBoolean,
  examples: checkedByMaker,
};

/**
 * A validator of your own: gives the value of an entry, or `invalid('why not')`. It must be pure: what asks the outside world is a `step` after the question.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for lengths that can't be, and for examples that don't do what they are an example of.
 */
export function custom<R>(check: (entry: string) => R, options: CustomOptions = {}): Validator<Exclude<R, Invalid>> {
  checkOptions('custom', options, CHECKS);
  const { minDigits = 1, maxDigits = 25, star = false, sensitive = false, reasons = {}, examples = {} } = options;
  checkLengths('custom', minDigits, maxDigits);
  if (typeof check !== 'function') {
    const says = { says: 'must be a function', came: describeValue(check), fix: "Write (digits) => digits, or invalid('…')." };
    throw argumentError('HS_ASK_VALIDATOR', 'custom', 'check', says);
  }
  const all = [...labelled('valid', examples.pass ?? [], true), ...labelled('not valid', examples.fail ?? [], false)];
  const allowed = star ? /^[0-9*]+$/ : /^\d+$/;
  for (const example of all) {
    const { entry, valid } = example;
    const fits = typeof entry === 'string' && allowed.test(entry) && entry.length >= minDigits && entry.length <= maxDigits;
    if (fits && isInvalid(check(entry)) !== valid) continue;
    throw argumentError('HS_ASK_VALIDATOR', 'custom', `examples.${valid ? 'pass' : 'fail'}`, {
      says: valid ? 'must hold entries that are valid' : 'must hold entries of the right length that are not valid',
      came: `one that ${fits ? `is ${valid ? 'refused' : 'taken'}` : 'has the wrong keys or length'}`,
      fix: 'Mend the example or the check.',
    });
  }
  return makeValidator({
    name: 'custom',
    minDigits,
    maxDigits,
    star: star ? 'star' : null,
    sensitive,
    reasons,
    check: check as (entry: string) => Exclude<R, Invalid> | Invalid,
    examples: () => all,
  });
}

function labelled(label: string, entries: readonly string[], valid: boolean): readonly EntryExample[] {
  return entries.map((entry, index) => ({ label: index === 0 ? label : `${label} ${index + 1}`, entry, valid }));
}
