import { argumentError, checkedByMaker, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import { describeValue } from '../../callflow/describe-value.ts';
import {
  checkLengths,
  checkReasons,
  type EntryExample,
  makeValidator,
  refuse,
  sampleDigits,
  type Validator,
  type ValidatorOptions,
} from './validator.ts';

/** Options of `phoneNumber`. */
export interface PhoneNumberOptions extends ValidatorOptions {
  /** Where callers key in national numbers: the country's code, e.g. `65`. Without it, only international numbers are taken. */
  readonly countryCode?: string;
  /** How many digits a national number has, without the trunk prefix: one number, or from and to. @default 10 for the codes 1 and 7, else what E.164 allows */
  readonly nationalLength?: number | readonly [min: number, max: number];
  /**
   * What is dialled before a national number in its own country and is no part of it; `''` for none, as in Singapore or Italy. Numbers may begin with the
   * same digits (+7 812 … has the prefix 8): their length tells, so that a prefix without 0 in front needs `nationalLength`. @default '0'
   */
  readonly trunkPrefix?: string;
}

const CHECKS: OptionChecks<PhoneNumberOptions> = {
  reasons: checkReasons,
  countryCode: checkedByMaker,
  nationalLength: checkedByMaker,
  trunkPrefix: checkedByMaker,
};

/** E.164: 15 digits at most, no zero in front. Fewer than 7 are no number that the network routes. */
const E164 = /^[1-9]\d{6,14}$/;
const MOST = 15;
/** What is dialled before a foreign number in most countries. */
const INTERNATIONAL = '00';
/** Plans in which every national number has the same length: North America's (area codes begin with 2 to 9), and +7. */
const PLANS: Readonly<Record<string, { readonly length: number; readonly begins: RegExp }>> = {
  1: { length: 10, begins: /^[2-9]/ },
  7: { length: 10, begins: /^[3-9]/ },
};

/**
 * A telephone number, given back as E.164 with `+`. An entry that begins with `00` is international; any other is national where `countryCode`
 * is given (a trunk prefix is taken off), else international. Numbers of the own country obey its length and prefix however they are dialled.
 * Whether a number is in use is for a `step` to say; the numbering plans of the world are libphonenumber's, which a `custom` validator may ask.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for a country code, prefix or length that can't be, or that says too little.
 */
export function phoneNumber(options: PhoneNumberOptions = {}): Validator<string> {
  checkOptions('phoneNumber', options, CHECKS);
  const { reasons = {} } = options;
  const country = options.countryCode === undefined ? null : new Country(options, options.countryCode);
  const wrong = () => refuse('notAPhoneNumber', reasons);
  if (country === null) checkAlone(options);
  return makeValidator({
    name: 'phoneNumber',
    minDigits: country === null ? 7 : Math.min(country.min, 7 + INTERNATIONAL.length),
    maxDigits: Math.max(MOST + INTERNATIONAL.length, (country?.max ?? 0) + (country?.trunk.length ?? 0)),
    reasons,
    check(entry) {
      const abroad = entry.startsWith(INTERNATIONAL);
      const dialled = abroad ? entry.slice(INTERNATIONAL.length) : entry;
      const own = country !== null && (!abroad || dialled.startsWith(country.code));
      const number = own ? country.complete(abroad ? dialled.slice(country.code.length) : dialled) : dialled;
      return number !== null && E164.test(number) ? `+${number}` : wrong();
    },
    examples() {
      const abroad = ['44', '81'].map((code) => `${code}${sampleDigits(10)}`);
      const foreign = abroad.find((number) => country === null || !number.startsWith(country.code)) as string;
      const examples: EntryExample[] = [{ label: 'valid', entry: country === null ? foreign : country.sample(), valid: true }];
      if (country !== null) examples.push({ label: 'valid, abroad', entry: `${INTERNATIONAL}${foreign}`, valid: true });
      examples.push({ label: 'no number', entry: `${INTERNATIONAL}0${sampleDigits(8)}`, valid: false });
      return examples;
    },
  });
}

/** What is known of the numbers of one country. */
class Country {
  readonly code: string;
  readonly trunk: string;
  readonly min: number;
  readonly max: number;
  readonly #begins: RegExp;

  constructor(options: PhoneNumberOptions, code: string) {
    const trunk = options.trunkPrefix ?? '0';
    checkPattern('countryCode', code, /^[1-9]\d{0,2}$/, "Write it without +, like '65'.");
    checkPattern(
      'trunkPrefix',
      trunk,
      /^(?!00$)\d{0,2}$/,
      "Write it like '0', or '' for none; 00 is what is dialled before a foreign number.",
    );
    const plan = PLANS[code];
    const given = options.nationalLength ?? plan?.length;
    if (given === undefined && /^[1-9]/.test(trunk)) throw ambiguous(trunk);
    [this.min, this.max] = nationalLengths(given, code);
    this.code = code;
    this.trunk = trunk;
    // Where a prefix is dialled, no number has a 0 in front; without one it may, as in Italy.
    this.#begins = plan?.begins ?? (trunk === '' ? /^\d/ : /^[1-9]/);
  }

  /** A national number with the country's code in front; null for what is none. Where both would do, the prefix is taken off. */
  complete(national: string): string | null {
    const { trunk } = this;
    const candidates = trunk !== '' && national.startsWith(trunk) ? [national.slice(trunk.length), national] : [national];
    const found = candidates.find((digits) => digits.length >= this.min && digits.length <= this.max && this.#begins.test(digits));
    return found === undefined ? null : `${this.code}${found}`;
  }

  /** A national number as short as they are, which the prefix can't be mistaken for a part of. */
  sample(): string {
    const first = ['3', '4'].find((digit) => !this.trunk.startsWith(digit)) as string;
    return `${first}${sampleDigits(this.min - 1)}`;
  }
}

function nationalLengths(given: PhoneNumberOptions['nationalLength'], country: string): readonly [number, number] {
  const code = country.length;
  if (given === undefined) return [7 - code, MOST - code];
  const [min, max] = typeof given === 'number' ? [given, given] : given;
  checkLengths('phoneNumber', min, max);
  if (max + code <= MOST && min + code >= 7) return [min, max];
  throw argumentError('HS_ASK_VALIDATOR', 'phoneNumber', 'nationalLength', {
    says: 'must make 7 to 15 digits together with the country code, as E.164 has it',
    came: `${min} to ${max}`,
    fix: 'Count the digits without country code and trunk prefix.',
  });
}

function ambiguous(trunk: string): Error {
  return argumentError('HS_ASK_VALIDATOR', 'phoneNumber', 'nationalLength', {
    says: `must be given with the trunk prefix '${trunk}', for numbers may begin with it too, and only their length tells`,
    came: 'none',
    fix: 'Count the digits without country code and trunk prefix, e.g. nationalLength: 9.',
  });
}

/** Options that mean something only with a country. */
function checkAlone(options: PhoneNumberOptions): void {
  const alone = (['nationalLength', 'trunkPrefix'] as const).find((name) => options[name] !== undefined && options[name] !== null);
  if (alone === undefined) return;
  const says = { says: 'needs countryCode, for it is about national numbers', came: 'it alone', fix: 'Give countryCode, or leave it out.' };
  throw argumentError('HS_ASK_VALIDATOR', 'phoneNumber', alone, says);
}

function checkPattern(argument: string, value: unknown, pattern: RegExp, fix: string): void {
  if (typeof value === 'string' && pattern.test(value)) return;
  const says = { says: 'must be digits as they are dialled', came: describeValue(value), fix };
  throw argumentError('HS_ASK_VALIDATOR', 'phoneNumber', argument, says);
}
