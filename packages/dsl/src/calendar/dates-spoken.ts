import { argumentError } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { localDate, localTime } from './dates-zoned.ts';
import { type LocalDate, type LocalTime, utcDay } from './dates.ts';

/** How a date or time is spoken. */
export interface SpokenOptions {
  /** A language tag such as `en`, `en-GB` or `zh-CN`. */
  readonly language: string;
  /** The zone in which a `Date` is told; a local date or time needs none. */
  readonly timeZone?: string;
}

/** Languages are few; whoever makes them up must not fill the memory. */
const MAX_FORMATS = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A day as it is spoken: `Thursday, March 5` (`en`), `Donnerstag, 5. März` (`de`). With `year: true` the year is spoken too.
 *
 * @throws EffectArgumentError `HS_TIME_ZONE` for a `Date` without a zone, `HS_EFFECT_ARGUMENT` for a language tag that is none.
 */
export function spokenDate(date: Date | LocalDate, options: SpokenOptions & { readonly year?: boolean }): string {
  const day = date instanceof Date ? localDate(date, options.timeZone as string) : date;
  const year = options.year === true ? ({ year: 'numeric' } as const) : {};
  return spoken('spokenDate', options.language, { weekday: 'long', month: 'long', day: 'numeric', ...year }, utcDay(day));
}

/**
 * A time of day as it is spoken: `9:30 AM` (`en`), `9:30` (`de`).
 *
 * @throws EffectArgumentError as `spokenDate`.
 */
export function spokenTime(time: Date | LocalTime, options: SpokenOptions): string {
  const { hour, minute } = time instanceof Date ? localTime(time, options.timeZone as string) : time;
  return spoken('spokenTime', options.language, { hour: 'numeric', minute: '2-digit' }, (hour * 60 + minute) * 60_000);
}

function spoken(effect: string, language: string, parts: Intl.DateTimeFormatOptions, ms: number): string {
  const text = formatOf(effect, language, parts).format(ms);
  // Newer locale data puts narrow no-break spaces before AM, which not every voice reads.
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

function formatOf(effect: string, language: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${Object.keys(parts).join()}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (typeof language !== 'string' || language === '') throw notALanguage(effect, language);
  try {
    const format = new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' });
    if (formats.size >= MAX_FORMATS) formats.clear();
    formats.set(key, format);
    return format;
  } catch {
    throw notALanguage(effect, language);
  }
}

function notALanguage(effect: string, language: unknown): Error {
  const says = { says: 'must be a language tag', came: describeValue(language), fix: "Write it like 'en' or 'zh-CN'." };
  return argumentError('HS_EFFECT_ARGUMENT', effect, 'language', says);
}
