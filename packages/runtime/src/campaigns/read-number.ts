import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A telephone number in E.164 form, and the country that it belongs to, two letters; null where several share it, or nobody knows. */
export interface ReadNumber {
  readonly number: string;
  readonly country: string | null;
}

/** What stands between the digits of a number as people write it. */
const WRITTEN = /^\+?[\d\s().\-/\u00A0\u2010-\u2015]+$/;
const MAX_WRITTEN = 40;

/**
 * Reads a telephone number as people write it: `+65 9123 4567`, or, with the country that is taken for granted (`SG`), `9123 4567`. Null for what can be no number, and for one
 * without a country code where no country is given. Numbers with an extension are refused: nobody could dial it.
 */
export function readNumber(text: string, country: string | null = null): ReadNumber | null {
  const written = text.trim();
  if (written.length > MAX_WRITTEN || !WRITTEN.test(written)) return null;
  const code = country?.toUpperCase() ?? '';
  const given = isSupportedCountry(code) ? code : undefined;
  const parsed = parsePhoneNumberFromString(written, {
    ...(given === undefined ? {} : { defaultCountry: given satisfies CountryCode }),
    extract: false,
  });
  if (parsed === undefined || !parsed.isPossible()) return null;
  return { number: parsed.number, country: parsed.country ?? null };
}
