import { cutText } from '../callflow/cut-text.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { type Parameter, PARAMETERS } from '../callflow/parameters.ts';
import { CALLFLOW_RULES, type CallflowRuleCode } from '../callflow/rules.ts';
import { isNameable } from '../callflow/speakable.ts';
import { EffectArgumentError } from '../errors/index.ts';

/** Throws `EffectArgumentError` unless `value` can be the argument that the author calls `argument`, e.g. `maxDigits` of `capture`. */
export type ArgumentCheck = (effect: string, argument: string, value: unknown) => void;

/** A check for every option of a maker; an option that is missing here does not compile. */
export type OptionChecks<O> = { readonly [K in keyof Required<O>]: ArgumentCheck };

/** What is only a warning on the wire is refused here, with one exception: whether a URL without suffix gives audio is for its server to know. */
const ALLOWED: ReadonlySet<CallflowRuleCode> = new Set(['HS_CALLFLOW_FILE_SUFFIX'] as const);

/** Names an argument that breaks a rule: effect and argument, what must hold, what came and what to do. */
export function argumentError(
  code: `HS_${string}`,
  effect: string,
  argument: string,
  { says, came, fix }: { readonly says: string; readonly came: string; readonly fix: string },
): EffectArgumentError {
  return new EffectArgumentError(code, `${effect}: ${argument} ${says}; got ${came}. ${fix}`, `${effect}.${argument}`);
}

/** Names an argument that breaks a rule of the callflow, in the author's words for it. */
export function brokenRule(code: CallflowRuleCode, effect: string, argument: string, came: string): EffectArgumentError {
  const { says, fix } = CALLFLOW_RULES[code];
  return argumentError(code, effect, argument, { says, came, fix });
}

/** Holds an argument to the rules of the wire parameter that it becomes. */
export function checkParameter(effect: string, argument: string, value: unknown, parameter: Parameter): void {
  for (const { code, broken } of parameter.checks) {
    const came = broken(value);
    if (came !== null && !ALLOWED.has(code)) throw brokenRule(code, effect, argument, came);
  }
  const nameless = parameter === PARAMETERS.say.voiceProfile && !isNameable(value as string);
  if (nameless) throw brokenRule('HS_CALLFLOW_VOICE', effect, argument, 'blanks, or half of a character');
}

/** The check that an option must obey the rules of a wire parameter. */
export function parameterCheck(parameter: Parameter): ArgumentCheck {
  return (effect, argument, value) => checkParameter(effect, argument, value, parameter);
}

/** For options that their maker checks itself, because it changes them on the way. */
export const checkedByMaker: ArgumentCheck = () => undefined;

/** The check for switches. */
export const checkBoolean: ArgumentCheck = (effect, argument, value) => {
  if (typeof value === 'boolean') return;
  const says = { says: 'must be true or false', came: describeValue(value), fix: 'Leave it out for false.' };
  throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
};

/** The check for whole numbers that don't go over the wire. */
export function integerCheck(least: number, most: number, unit: string, fix: string): ArgumentCheck {
  return (effect, argument, value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return;
    const says = { says: `must be an integer from ${least} to ${most}${unit}`, came: describeNumber(value, least, most), fix };
    throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
  };
}

/**
 * Checks an options object: only known keys, each value by its own check. A value that is null or undefined stands for the option's default.
 *
 * @throws EffectArgumentError `HS_EFFECT_OPTION_UNKNOWN` with the near miss, or the code of the broken rule.
 */
export function checkOptions<O extends object>(effect: string, options: O, checks: OptionChecks<O>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const says = { says: 'must be an object', came: describeValue(options), fix: `Known options: ${Object.keys(checks).join(', ')}.` };
    throw argumentError('HS_EFFECT_ARGUMENT', effect, 'options', says);
  }
  for (const key of Object.keys(options)) {
    if (!Object.hasOwn(checks, key)) throw unknownOption(effect, key, Object.keys(checks));
    const value = options[key as keyof O] as unknown;
    if (value !== undefined && value !== null) checks[key as keyof O](effect, key, value);
  }
}

function unknownOption(effect: string, key: string, known: readonly string[]): EffectArgumentError {
  const shown = maskedName(key);
  const message = `${effect}: ${shown} is not an option. ${didYouMean(key, known)}Known options: ${known.join(', ')}.`;
  return new EffectArgumentError('HS_EFFECT_OPTION_UNKNOWN', message, `${effect}.${shown}`);
}

/** A name for an error message: short, and with its longer numbers masked, for it may be made of a caller's number. */
export function maskedName(name: string): string {
  return cutText(name, 40).replace(/\d{3,}/g, '…');
}

function describeNumber(value: unknown, least: number, most: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return describeValue(value);
  if (value < least) return 'a number below the range';
  return value > most ? 'a number above the range' : 'a fraction';
}
