import { argumentError } from '../arguments/check-argument.ts';
import { cutText } from '../callflow/cut-text.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { isoDate, type LocalDate, parseIsoDate, weekday } from './dates.ts';
import { type DayHours, daySpans, type Span } from './day-hours.ts';

/** Days of the week as they are written, from Sunday. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const LONG = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** A leap year, in which every day of a year is. */
const ANY_YEAR = '2000';

/** Hours by day of the week (`mon`, `'mon-fri'`, `'sat,sun'`); days that are not named are closed. */
export type WeekHours = Readonly<Record<string, DayHours>>;
/** Days that differ, as `2026-12-25`, or `12-25` for every year: a list of closed days, or their hours. */
export type HolidayHours = readonly string[] | Readonly<Record<string, DayHours>>;

/** Which hours hold on which day. */
export class Calendar {
  readonly #week: ReadonlyMap<number, readonly Span[]>;
  readonly #holidays: ReadonlyMap<string, readonly Span[]>;

  /** @throws EffectArgumentError `HS_OPENING_HOURS` for what is no day or no hours. */
  constructor(maker: string, days: unknown, holidays: unknown) {
    this.#week = parseWeek(maker, days);
    this.#holidays = parseHolidays(maker, holidays);
  }

  on(date: LocalDate): readonly Span[] {
    return this.#holiday(date) ?? this.#week.get(weekday(date)) ?? [];
  }

  isHoliday(date: LocalDate): boolean {
    return this.#holiday(date) !== undefined;
  }

  #holiday(date: LocalDate): readonly Span[] | undefined {
    const day = isoDate(date);
    return this.#holidays.get(day) ?? this.#holidays.get(day.slice(5));
  }
}

function parseWeek(maker: string, days: unknown): ReadonlyMap<number, readonly Span[]> {
  const week = new Map<number, readonly Span[]>();
  for (const [written, hours] of Object.entries(objectOf(maker, 'days', days, "{ 'mon-fri': '09:00-18:00' }"))) {
    const spans = daySpans(maker, `days["${written}"]`, hours);
    for (const day of written.split(',').flatMap((part) => daysOf(maker, written, part.trim()))) {
      if (week.has(day)) {
        const says = {
          says: 'must not name a day again',
          came: `another line for ${DAYS[day] ?? ''}`,
          fix: 'Put all its hours into one line.',
        };
        throw argumentError('HS_OPENING_HOURS', maker, `days["${written}"]`, says);
      }
      week.set(day, spans);
    }
  }
  if ([...week.values()].some((spans) => spans.length > 0)) return week;
  const says = { says: 'must have hours on some day', came: 'none', fix: "Write them like { 'mon-fri': '09:00-18:00' }." };
  throw argumentError('HS_OPENING_HOURS', maker, 'days', says);
}

function daysOf(maker: string, written: string, part: string): readonly number[] {
  const [first, last = first, ...more] = part.split('-').map((day) => DAYS.indexOf(day.trim().toLowerCase()));
  if (first === undefined || last === undefined || first < 0 || last < 0 || more.length > 0) throw notADay(maker, written, part);
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7);
}

function notADay(maker: string, written: string, part: string): Error {
  const word = part.split('-').find((day) => !DAYS.includes(day.trim().toLowerCase())) ?? part;
  const long = LONG.indexOf(word.trim().toLowerCase());
  const near = long >= 0 ? `Did you mean "${DAYS[long] ?? ''}"? ` : didYouMean(word, DAYS);
  return argumentError('HS_OPENING_HOURS', maker, `days["${cutText(written, 40)}"]`, {
    says: "must be days: mon, 'mon-fri' or 'sat,sun'",
    came: describeValue(word),
    fix: `${near}The days are ${DAYS.join(', ')}.`,
  });
}

function parseHolidays(maker: string, holidays: unknown): ReadonlyMap<string, readonly Span[]> {
  if (holidays === undefined || holidays === null) return new Map();
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(holidays)
    ? holidays.map((day: unknown) => [day, null])
    : Object.entries(objectOf(maker, 'holidays', holidays, "['2026-12-25', '01-01']"));
  return new Map(entries.map(([day, hours]) => [holiday(maker, day), daySpans(maker, `holidays["${String(day)}"]`, hours)]));
}

function holiday(maker: string, day: unknown): string {
  if (typeof day === 'string' && parseIsoDate(/^\d{2}-\d{2}$/.test(day) ? `${ANY_YEAR}-${day}` : day) !== null) return day;
  throw argumentError('HS_OPENING_HOURS', maker, 'holidays', {
    says: 'must be days that there are',
    came: typeof day === 'string' ? JSON.stringify(cutText(day, 20)) : describeValue(day),
    fix: 'Write them like 2026-12-25, or 12-25 for every year.',
  });
}

function objectOf(maker: string, argument: string, value: unknown, like: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const says = { says: 'must be an object', came: describeValue(value), fix: `Write it like ${like}.` };
  throw argumentError('HS_OPENING_HOURS', maker, argument, says);
}
