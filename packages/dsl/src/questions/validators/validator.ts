import { type ArgumentCheck, argumentError, checkOptions } from '../../arguments/check-argument.ts';
import { describeWord } from '../../callflow/describe-value.ts';
import { didYouMean } from '../../callflow/near-miss.ts';
import { PARAMETERS } from '../../callflow/parameters.ts';
import { checkedText } from '../../flow/check-text.ts';
import { phrase } from '../../flow/phrase.ts';
import { type PhraseName, PHRASES, type Phrases } from '../../flow/phrases.ts';
import { invalid, type Invalid } from './invalid.ts';

/** What `ask` takes as an answer, and what it makes of it. Made by `digits`, `date`, `custom` and the others. */
export interface Validator<out T> {
  /** What is asked for, e.g. `digits` or `date`. */
  readonly name: string;
  /** Fewest and most keys of an entry, `*` included, zeros in front not where they count for nothing: 1..25. What is shorter or longer is not checked any further. */
  readonly minDigits: number;
  readonly maxDigits: number;
  /** How `*` is read back where an entry may contain it, else null. */
  readonly star: 'point' | 'star' | null;
  /** Whether zeros in front count for nothing, as in numbers: they are taken off before the lengths are looked at. An entry of one key is still taken at that key. @default false */
  readonly leadingZeros?: boolean;
  /** Whether entries are secret by their nature. */
  readonly sensitive: boolean;
  /** Whether `check` and `examples` look at the time. */
  readonly usesNow: boolean;
  /** Words in place of the built-in phrases. */
  readonly reasons: Phrases;
  /** The value of an entry, or why it is not valid. Pure. */
  check(entry: string, now: Date): T | Invalid;
  /** Entries for exploration, of valid length: those that pass and those that don't. */
  examples(now: Date): readonly EntryExample[];
}

/** An entry that exploration tries. */
export interface EntryExample {
  /** What the arrow is called: `valid`, or what is wrong. */
  readonly label: string;
  readonly entry: string;
  readonly valid: boolean;
}

/** Options that all validators have. */
export interface ValidatorOptions {
  /** Words in place of the built-in phrases, e.g. `{ tooShort: 'A postcode has six digits.' }`. */
  readonly reasons?: Phrases;
}

/** Most keys that 8x8 takes. */
export const MAX_DIGITS = 25;

type Parts<T> = Pick<Validator<T>, 'name' | 'minDigits' | 'maxDigits' | 'check' | 'examples'> & Partial<Validator<T>>;

/** Completes a validator. */
export function makeValidator<T>(parts: Parts<T>): Validator<T> {
  return Object.freeze({ star: null, sensitive: false, usesNow: false, reasons: {}, ...parts });
}

/** Tells a validator from any other value. */
export function isValidator(value: unknown): value is Validator<unknown> {
  return typeof value === 'object' && value !== null && 'check' in value && 'minDigits' in value && 'examples' in value;
}

/** Refuses an entry with the words of a phrase. */
export function refuse(name: PhraseName, own: Phrases): Invalid {
  return invalid(phrase(name, own));
}

/** The check for `reasons`: known phrases that can be spoken. */
export const checkReasons: ArgumentCheck = (effect, argument, reasons) => {
  if (typeof reasons !== 'object' || reasons === null || Array.isArray(reasons)) {
    const says = { says: 'must be an object', came: describeWord(reasons), fix: "Write it like { tooShort: 'Six digits, please.' }." };
    throw argumentError('HS_EFFECT_ARGUMENT', effect, argument, says);
  }
  for (const [name, text] of Object.entries(reasons) as [string, unknown][]) {
    if (!Object.hasOwn(PHRASES, name)) {
      const fix = `${didYouMean(name, Object.keys(PHRASES))}See PHRASES.`;
      throw argumentError('HS_EFFECT_OPTION_UNKNOWN', effect, argument, { says: 'must name known phrases', came: describeWord(name), fix });
    }
    checkedText(effect, `${argument}.${name}`, text, PARAMETERS.sayAndCapture.promptMessage);
  }
};

/** Checks the options of a validator that has no others. */
export function checkValidatorOptions(validator: string, options: ValidatorOptions): void {
  checkOptions(validator, options, { reasons: checkReasons });
}

/** Throws `HS_ASK_VALIDATOR` unless `value` is a whole number from `least` to `most`. */
export function checkWhole(validator: string, argument: string, value: unknown, least: number, most: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw argumentError('HS_ASK_VALIDATOR', validator, argument, {
    says: `must be a whole number from ${least} to ${most}`,
    came: typeof value === 'number' ? String(value) : `a value of type ${typeof value}`,
    fix: 'Check its bounds.',
  });
}

/** Throws `HS_ASK_VALIDATOR` unless two lengths are 1..25 and in order. */
export function checkLengths(validator: string, least: unknown, most: unknown): void {
  checkWhole(validator, 'min', least, 1, MAX_DIGITS);
  checkWhole(validator, 'max', most, least as number, MAX_DIGITS);
}

/** `1234567890123…`, `length` digits of it. */
export function sampleDigits(length: number): string {
  return '1234567890'.repeat(3).slice(0, length);
}
