import { argumentError } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { instantOf, wallTime } from './dates-zoned.ts';
import { DAY_MS } from './dates.ts';

/** How long, in days, the clocks of a country must agree to count as one. */
const DAYS = 400;
/** Some thousand answers are all that there are in ten years. */
const MAX_KNOWN = 5_000;
const known = new Map<string, string | null>();

/** `Intl.Locale` as engines have it: a method since 2023, a property before. */
interface LocaleOfPlace {
  getTimeZones?(): readonly string[] | undefined;
  readonly timeZones?: readonly string[] | undefined;
}

/**
 * The time zone of a country (two letters, e.g. `SG`) in which all clocks show the same from `date` on, for the 400 days that follow; null for one whose clocks differ, such as
 * `US`, and where nobody knows. A country is not what a prefix says: `+1` is of many.
 *
 * @throws EffectArgumentError `HS_EFFECT_ARGUMENT` for what is no code of a country, or an invalid `Date`.
 */
export function countryZone(country: string, date: Date): string | null {
  const day = Math.floor(instantOf('countryZone', date) / DAY_MS);
  if (typeof country !== 'string' || !/^[A-Za-z]{2}$/.test(country))
    throw argumentError('HS_EFFECT_ARGUMENT', 'countryZone', 'country', {
      says: 'must be a code of a country, two letters',
      came: describeValue(country),
      fix: "Write it like 'SG'.",
    });
  const key = `${country.toUpperCase()}.${day}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const zone = theZone(new Intl.Locale(`und-${country}`) as LocaleOfPlace, day);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, zone);
  return zone;
}

function theZone(place: LocaleOfPlace, day: number): string | null {
  const [first, ...others] = place.getTimeZones?.() ?? place.timeZones ?? [];
  if (first === undefined) return null;
  const agrees = (other: string): boolean =>
    Array.from({ length: DAYS }, (_, index) => (day + index) * DAY_MS).every((at) => wallTime(at, first) === wallTime(at, other));
  return others.every(agrees) ? first : null;
}
