import { atOnce, checkPlainFunction, type IfGiven } from '../../arguments/at-once.ts';
import { argumentError, checkBoolean, checkedByMaker, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import { currentRun } from '../../flow/current-run.ts';
import { type Invalid, isInvalid } from './invalid.ts';
import {
  checkLengths,
  checkReasons,
  type EntryExample,
  makeValidator,
  sampleDigits,
  type Validator,
  type ValidatorOptions,
} from './validator.ts';

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

const PLACE = {
  code: 'HS_ASK_VALIDATOR',
  effect: 'custom',
  argument: 'check',
  fix: "Write (digits) => digits, or invalid('…'). What has to ask the outside world is a step after the question: yield* step('name', …).",
} as const;

/**
 * A validator of your own: gives the value of an entry (null is one), or `invalid('why not')`. It must be pure and give its result at once: what asks
 * the outside world is a `step` after the question. A promise, a generator or nothing at all is never taken for a valid entry. Without examples it is called
 * once where it is made, when its module is loaded and while its flow is verified, so that such a result is found there.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for a function that is async or a generator function, or gives a promise, a generator or nothing;
 * for lengths that can't be, and for examples that don't do what they are an example of.
 */
// `Open` is never given: see IfGiven.
export function custom<R, Open = never>(
  check: ((entry: string) => R) & IfGiven<R, Open, Invalid>,
  options: CustomOptions = {},
): Validator<Exclude<R, Invalid>> {
  checkOptions('custom', options, CHECKS);
  const { minDigits = 1, maxDigits = 25, star = false, sensitive = false, reasons = {}, examples = {} } = options;
  checkLengths('custom', minDigits, maxDigits);
  checkPlainFunction(check, PLACE);
  const judge = (entry: string): R => given((check as (entry: string) => R)(entry));
  const all = [...labelled('valid', examples.pass ?? [], true), ...labelled('not valid', examples.fail ?? [], false)];
  const allowed = star ? /^[0-9*]+$/ : /^\d+$/;
  for (const example of all) {
    const { entry, valid } = example;
    const fits = typeof entry === 'string' && allowed.test(entry) && entry.length >= minDigits && entry.length <= maxDigits;
    if (fits && isInvalid(judge(entry)) !== valid) continue;
    throw argumentError('HS_ASK_VALIDATOR', 'custom', `examples.${valid ? 'pass' : 'fail'}`, {
      says: valid ? 'must hold entries that are valid' : 'must hold entries of the right length that are not valid',
      came: `one that ${fits ? `is ${valid ? 'refused' : 'taken'}` : 'has the wrong keys or length'}`,
      fix: 'Mend the example or the check.',
    });
  }
  if (all.length === 0) tryOnce(check as (entry: string) => unknown, sampleDigits(minDigits));
  return makeValidator({
    name: 'custom',
    minDigits,
    maxDigits,
    star: star ? 'star' : null,
    sensitive,
    reasons,
    check: judge as (entry: string) => Exclude<R, Invalid> | Invalid,
    examples: () => all,
  });
}

/** A result that can be an answer. Nothing at all is a forgotten `return`, and would let every entry in. */
function given<R>(result: R): R {
  if (result !== undefined) return atOnce(result, PLACE);
  throw argumentError(PLACE.code, PLACE.effect, PLACE.argument, {
    says: 'must give a value, or invalid(…)',
    came: 'nothing',
    fix: PLACE.fix,
  });
}

/** Lets a check that gives promises be found where it is written, before a caller meets it: when its module is loaded and when its flow is verified. */
function tryOnce(check: (entry: string) => unknown, entry: string): void {
  if (currentRun()?.traced === false) return;
  let result: unknown;
  try {
    result = check(entry);
  } catch {
    // What a check throws at an entry that nobody has keyed in says nothing.
    return;
  }
  atOnce(result, PLACE);
}

function labelled(label: string, entries: readonly string[], valid: boolean): readonly EntryExample[] {
  return entries.map((entry, index) => ({ label: index === 0 ? label : `${label} ${index + 1}`, entry, valid }));
}
