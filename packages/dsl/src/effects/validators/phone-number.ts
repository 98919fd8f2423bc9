import { describeValue } from '../../callflow/describe-value.ts';
import { argumentError, checkedByMaker, checkOptions, type OptionChecks } from '../check-argument.ts';
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
  /** How many digits a national number has, without the trunk prefix: one number, or from and to. @default what E.164 allows */
  readonly nationalLength?: number | readonly [min: number, max: number];
  /** What is dialled before a national number in its own country and is no part of it. @default '0'; `''` for none, as in Singapore or Italy */
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

/**
 * A telephone number, given back as E.164 with `+`. An entry that begins with `00` is international; any other is national where `countryCode`
 * is given (a trunk prefix is taken off), else international. Whether a number is in use is for a `step` to say.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for a country code, prefix or length that can't be.
 */
export function phoneNumber(options: PhoneNumberOptions = {}): Validator<string> {
  checkOptions('phoneNumber', options, CHECKS);
  const { reasons = {} } = options;
  const country = options.countryCode ?? null;
  const trunk = options.trunkPrefix ?? '0';
  checkPattern('countryCode', country ?? '1', /^[1-9]\d{0,2}$/, "Write it without +, like '65'.");
  checkPattern('trunkPrefix', trunk, /^\d{0,2}$/, "Write it like '0', or '' for none.");
  const [min, max] = nationalLengths(options.nationalLength, country);
  const wrong = () => refuse('notAPhoneNumber', reasons);
  return makeValidator({
    name: 'phoneNumber',
    minDigits: country === null ? 7 : Math.min(min, 7 + INTERNATIONAL.length),
    maxDigits: Math.max(MOST + INTERNATIONAL.length, max + trunk.length),
    reasons,
    check(entry) {
      const abroad = entry.startsWith(INTERNATIONAL);
      if (abroad || country === null) {
        const number = abroad ? entry.slice(INTERNATIONAL.length) : entry;
        return E164.test(number) ? `+${number}` : wrong();
      }
      const national = trunk !== '' && entry.startsWith(trunk) ? entry.slice(trunk.length) : entry;
      const number = `${country}${national}`;
      return national.length >= min && national.length <= max && E164.test(number) ? `+${number}` : wrong();
    },
    examples() {
      const examples: EntryExample[] = [
        { label: 'valid', entry: country === null ? `44${sampleDigits(9)}` : sampleDigits(min), valid: true },
      ];
      if (country !== null) examples.push({ label: 'valid, abroad', entry: `0044${sampleDigits(9)}`, valid: true });
      examples.push({ label: 'no number', entry: `${INTERNATIONAL}0${sampleDigits(8)}`, valid: false });
      return examples;
    },
  });
}

function nationalLengths(given: PhoneNumberOptions['nationalLength'], country: string | null): readonly [number, number] {
  const code = country?.length ?? 0;
  if (given === undefined) return [Math.max(1, 7 - code), MOST - code];
  const [min, max] = typeof given === 'number' ? [given, given] : given;
  checkLengths('phoneNumber', min, max);
  if (max + code <= MOST && min + code >= 7) return [min, max];
  throw argumentError('HS_ASK_VALIDATOR', 'phoneNumber', 'nationalLength', {
    says: 'must make 7 to 15 digits together with the country code, as E.164 has it',
    came: `${min} to ${max}`,
    fix: 'Count the digits without country code and trunk prefix.',
  });
}

function checkPattern(argument: string, value: unknown, pattern: RegExp, fix: string): void {
  if (typeof value === 'string' && pattern.test(value)) return;
  const says = { says: 'must be digits as they are dialled', came: describeValue(value), fix };
  throw argumentError('HS_ASK_VALIDATOR', 'phoneNumber', argument, says);
}
