import { atOnce } from '../../arguments/at-once.ts';
import { argumentError } from '../../arguments/check-argument.ts';
import type { CaptureExample, CaptureOptions, CaptureShape } from '../../effects/capture.ts';
import { phrase } from '../../flow/phrase.ts';
import type { Reading } from '../listen.ts';
import type { ActiveKeys, OwnKeys } from '../universal-keys.ts';
import { isInvalid } from '../validators/invalid.ts';
import { type EntryExample, MAX_DIGITS, sampleDigits, type Validator } from '../validators/validator.ts';

/** What can go wrong with an entry: silence, too few or too many digits, or the validator's refusal. */
export type EntryEvent = 'noInput' | 'tooShort' | 'tooLong' | 'invalid';

/** For validators that authors write by hand; those of the framework have seen to it themselves. */
const AT_CHECK = {
  code: 'HS_ASK_VALIDATOR',
  effect: 'ask',
  argument: 'validate.check',
  fix: "What has to ask the outside world is a step after the question: yield* step('name', …).",
} as const;
const DIGIT_TIMEOUT = 5_000;
const OVERALL_TIMEOUT = 30_000;

/** What a caller can key in at a question: an entry for its validator, or one of the universal keys. */
export class Entry {
  readonly keys: ActiveKeys;
  readonly #validator: Validator<unknown>;
  readonly #completeOnHash: boolean;

  constructor(validator: Validator<unknown>, keys: ActiveKeys) {
    this.keys = keys;
    this.#validator = validator;
    this.#completeOnHash = validator.minDigits !== validator.maxDigits || keys.has('#');
  }

  /**
   * How an entry is taken. One of fixed length is ended by its length; any other by `#` or a pause, one digit beyond its longest, so that what is
   * too long is not mistaken for an answer; where zeros in front count for nothing, any number of them. The platform tries once and checks nothing, for what it reports of a failed try is not documented (U11, U12).
   */
  capture(timeouts: Pick<CaptureOptions, 'digitTimeout' | 'overallTimeout'>): CaptureOptions {
    const { minDigits, maxDigits, leadingZeros = false } = this.#validator;
    const open = leadingZeros ? MAX_DIGITS : Math.min(maxDigits + 1, MAX_DIGITS);
    const longest = minDigits === maxDigits ? maxDigits : open;
    const overallTimeout = timeouts.overallTimeout ?? OVERALL_TIMEOUT;
    return {
      minDigits: 1,
      maxDigits: Math.max(longest, ...[...this.keys.keys()].map((key) => key.length)),
      completeOnHash: this.#completeOnHash,
      digitTimeout: timeouts.digitTimeout ?? Math.min(DIGIT_TIMEOUT, overallTimeout),
      overallTimeout,
      noOfTries: 1,
    };
  }

  /** What an answer means. `#` alone is an entry without digits, and so too short. */
  read(digits: string | null, now: Date): Reading<EntryEvent, unknown> {
    const { minDigits, maxDigits, star, reasons, leadingZeros = false } = this.#validator;
    if (digits === null) return { ok: false, event: 'noInput', reason: null };
    if (!(star === null ? /^\d*$/ : /^[\d*]*$/).test(digits)) {
      return { ok: false, event: 'invalid', reason: phrase('digitsOnly', reasons) };
    }
    const entry = leadingZeros ? digits.replace(/^0+(?=\d)/, '') : digits;
    if (entry.length < minDigits) return { ok: false, event: 'tooShort', reason: phrase('tooShort', reasons) };
    if (entry.length > maxDigits) return { ok: false, event: 'tooLong', reason: phrase('tooLong', reasons) };
    const value = atOnce(this.#validator.check(entry, now), AT_CHECK);
    if (!isInvalid(value)) return { ok: true, value };
    return { ok: false, event: 'invalid', reason: value.reason ?? phrase('notValid', reasons) };
  }

  /** Every class of answer, for exploration. */
  shape(now: Date, more: readonly string[], sensitive: boolean): CaptureShape {
    const examples = this.#validator.examples(now);
    const universal = [...this.keys].map(([key, name]) => ({ label: `${key} (${name})`, digits: key === '#' ? '' : key, universal: true }));
    const others = more.map((entry, index) => ({ label: sensitive ? `example ${index + 1}` : entry, digits: entry }));
    const entries: readonly CaptureExample[] = [...examples.map(answerOf), ...this.#lengths(), ...others];
    const answers = [...entries, ...universal, { label: 'silence', digits: null }];
    const valid = examples.filter((example) => example.valid).map(({ label }) => label);
    const declared = [...(valid.length > 0 ? valid : ['valid']), ...universal.map(({ label }) => label)];
    const classOf = (digits: string): string => {
      const reading = this.read(digits, now);
      return reading.ok ? 'valid' : reading.event;
    };
    const sameClass = (digits: string): readonly string[] =>
      entries.filter((entry) => entry.digits !== null && classOf(entry.digits) === classOf(digits)).map(({ label }) => label);
    // A question that no example answers is a dead end for exploration: that shows in a label without an answer.
    return { of: 'ask', answers, declared, sameClass };
  }

  #lengths(): readonly CaptureExample[] {
    const { minDigits, maxDigits } = this.#validator;
    const wrong: CaptureExample[] = [];
    if (minDigits > 1) wrong.push({ label: 'too short', digits: sampleDigits(minDigits - 1) });
    if (minDigits < maxDigits && maxDigits < MAX_DIGITS) wrong.push({ label: 'too long', digits: sampleDigits(maxDigits + 1) });
    if (this.#completeOnHash && !this.keys.has('#')) wrong.push({ label: '#', digits: '' });
    return wrong.filter(({ digits }) => !this.keys.has(digits ?? ''));
  }
}

function answerOf({ label, entry }: EntryExample): CaptureExample {
  return { label, digits: entry };
}

/**
 * The universal keys that work in a question: those that can't be an answer, being `#`, or shorter or longer than any, or with a `*` where entries have none.
 *
 * @throws EffectArgumentError `HS_KEYS_CLASH` for a key of the question's own that could be one.
 */
export function keysBeside(validator: Validator<unknown>, keys: ActiveKeys, own: OwnKeys): ActiveKeys {
  const beside = new Map(keys);
  for (const [key, name] of keys) {
    if (!couldBeAnswer(validator, key)) continue;
    if (own[name] === key) {
      throw argumentError('HS_KEYS_CLASH', 'ask', `keys.${name}`, {
        says: 'must not be what could be an answer',
        came: `as many keys as an answer may have`,
        fix: 'Choose # or a key with *, or leave it out.',
      });
    }
    beside.delete(key);
  }
  return beside;
}

function couldBeAnswer({ minDigits, maxDigits, star }: Validator<unknown>, key: string): boolean {
  if (key === '#' || key.length < minDigits || key.length > maxDigits) return false;
  return star === null ? !key.includes('*') : !/^\*+$/.test(key);
}
