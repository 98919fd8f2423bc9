import { argumentError } from '../../arguments/check-argument.ts';
import type { CaptureExample, CaptureOptions, CaptureShape } from '../../effects/capture.ts';
import type { ActiveKeys } from '../universal-keys.ts';
import { keyTable } from './option-keys.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*'];
const DIGIT_TIMEOUT = 3_000;
const OVERALL_TIMEOUT = 10_000;
/** Of an option with more keys than this, exploration tries the first and the last. */
const MAX_TRIED = 12;
const MAX_KNOWN = 1_000;
const known = new Map<string, Keypad>();

/**
 * The keypad of a menu with these options and universal keys. It is remembered, because a menu is made anew in every call and on every replay.
 *
 * @throws EffectArgumentError `HS_MENU_KEY`, `HS_MENU_CLASH` or `HS_KEYS_CLASH`.
 */
export function keypadOf(effect: string, options: readonly string[], universal: ActiveKeys): Keypad {
  const signature = `${effect}\n${options.join('\n')}\n${[...universal].join('\n')}`;
  const remembered = known.get(signature);
  if (remembered !== undefined) return remembered;
  const keypad = new Keypad(effect, options, universal);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(signature, keypad);
  return keypad;
}

/** What an author may say of how entries are taken. */
type EntryOptions = Pick<CaptureOptions, 'digitTimeout' | 'overallTimeout' | 'noOfTries' | 'completeOnHash'>;

/** What a caller can key in at a menu: its options and the universal keys that work there. */
export class Keypad {
  /** The universal keys that work here. */
  readonly universal: ActiveKeys;
  readonly #options: ReadonlyMap<string, string>;
  /** How long entries are; `#` alone counts for none. */
  readonly #lengths = new Set<number>();
  readonly #hash: boolean;
  /** Of entries that `#` does not end, and of those that it does. */
  readonly #shapes: readonly [CaptureShape, CaptureShape];

  constructor(effect: string, options: readonly string[], universal: ActiveKeys) {
    this.universal = universal;
    this.#options = keyTable(effect, options);
    for (const [key, name] of universal) {
      const option = this.#options.get(key);
      if (option === undefined) continue;
      throw argumentError('HS_KEYS_CLASH', effect, `options["${option}"]`, {
        says: 'must not use a universal key',
        came: `the one for ${name}`,
        fix: `Choose another key, or switch it off in this ${effect} with keys: { ${name}: null }.`,
      });
    }
    const entries = [...this.#options.keys(), ...universal.keys()];
    this.#hash = entries.includes('#');
    for (const entry of entries) if (entry !== '#') this.#lengths.add(entry.length);
    // Where # alone is offered, callers press one key.
    if (this.#lengths.size === 0) this.#lengths.add(1);
    this.#shapes = [false, true].map((hashEnds) => this.#shape(effect, hashEnds)) as [CaptureShape, CaptureShape];
  }

  /** Every class of answer, for exploration. */
  shapeWith(completeOnHash: boolean): CaptureShape {
    return this.#shapes[completeOnHash ? 1 : 0];
  }

  /** The option that was chosen; null where it is none. */
  optionOf(digits: string): string | null {
    return this.#options.get(digits === '' ? '#' : digits) ?? null;
  }

  /** What keys that are no option are: `noMatch` where they lead nowhere, `invalid` where no option could be so: too short, too long, or `#` alone. */
  eventOf(digits: string): 'noMatch' | 'invalid' {
    return this.#lengths.has(digits.length) ? 'noMatch' : 'invalid';
  }

  /**
   * How entries are taken. Where all have one length it ends them; else, or where `#` means something, `#` or a short pause does: that also tells
   * `1` from the beginning of `12`. Unless the author wants more the platform tries once, and it checks nothing, for what it reports of a failed try is not documented
   * (U11, U12).
   */
  capture(effect: string, given: EntryOptions): CaptureOptions & { readonly completeOnHash: boolean } {
    const maxDigits = Math.max(...this.#lengths);
    const completeOnHash = given.completeOnHash ?? (this.#hash || this.#lengths.size > 1);
    if (!completeOnHash && this.#hash) {
      const says = { says: 'must be true, because # is one of the keys', came: 'false', fix: 'Leave it out, or take # away.' };
      throw argumentError('HS_MENU_KEY', effect, 'completeOnHash', says);
    }
    const overallTimeout = given.overallTimeout ?? OVERALL_TIMEOUT;
    // A single key is never followed by a pause; the samples of 8x8 send both timeouts alike.
    const digitTimeout = given.digitTimeout ?? (completeOnHash || maxDigits > 1 ? Math.min(DIGIT_TIMEOUT, overallTimeout) : overallTimeout);
    return { minDigits: 1, maxDigits, completeOnHash, digitTimeout, overallTimeout, noOfTries: given.noOfTries ?? 1 };
  }

  #shape(of: string, hashEnds: boolean): CaptureShape {
    const declared: CaptureExample[] = this.#tried().map((key) => ({ label: key, digits: digitsOf(key) }));
    for (const [key, name] of this.universal) declared.push({ label: `${key} (${name})`, digits: digitsOf(key), universal: true });
    const answers: readonly CaptureExample[] = [...declared, ...this.#wrong(hashEnds), { label: 'silence', digits: null }];
    const classOf = (digits: string): string => this.optionOf(digits) ?? this.eventOf(digits);
    const sameClass = (digits: string): readonly string[] =>
      answers
        .filter((answer) => answer.digits !== null && answer.universal !== true && classOf(answer.digits) === classOf(digits))
        .map(({ label }) => label);
    return Object.freeze({ of, answers: Object.freeze(answers), declared: Object.freeze(declared.map(({ label }) => label)), sameClass });
  }

  #tried(): readonly string[] {
    const byOption = new Map<string, string[]>();
    for (const [key, option] of this.#options) byOption.set(option, [...(byOption.get(option) ?? []), key]);
    return [...byOption.values()].flatMap((keys) =>
      keys.filter((_, index) => keys.length <= MAX_TRIED || index === 0 || index === keys.length - 1),
    );
  }

  #wrong(hashEnds: boolean): readonly CaptureExample[] {
    const taken = (digits: string): boolean => this.#options.has(digits) || this.universal.has(digits);
    const wrong: CaptureExample[] = [];
    const other = [...this.#lengths].flatMap((length) => KEYS.map((key) => key.repeat(length))).find((digits) => !taken(digits));
    if (other !== undefined) wrong.push({ label: 'no match', digits: other });
    const short = [...this.#options.keys()]
      .map((key) => key.slice(0, -1))
      .find((digits) => digits !== '' && !this.#lengths.has(digits.length));
    if (short !== undefined) wrong.push({ label: 'too short', digits: short });
    if (hashEnds && !taken('#')) wrong.push({ label: '#', digits: '' });
    return wrong;
  }
}

function digitsOf(key: string): string {
  return key === '#' ? '' : key;
}
