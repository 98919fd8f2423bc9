/** A day of the calendar, without time or zone. Months and days from 1. JSON-safe. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A month of the calendar. */
export interface YearMonth {
  readonly year: number;
  readonly month: number;
}

/** A time of day. 0..23 and 0..59. */
export interface LocalTime {
  readonly hour: number;
  readonly minute: number;
}

export const DAY_MS = 86_400_000;

/** The day of the week, 0 for Sunday to 6 for Saturday. */
export function weekday(date: LocalDate): number {
  return new Date(utcDay(date)).getUTCDay();
}

/** The day that is `days` after (or before) `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  const moved = new Date(utcDay(date) + days * DAY_MS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Less than 0 where `a` is before `b`, 0 for the same day, else more. */
export function compareDates(a: LocalDate, b: LocalDate): number {
  return utcDay(a) - utcDay(b);
}

/** Whether there is such a day: 29 February only in leap years. Years 1..9999. */
export function isLocalDate({ year, month, day }: LocalDate): boolean {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysIn({ year, month });
}

/** How many days a month has. */
export function daysIn({ year, month }: YearMonth): number {
  return new Date(utcDay({ year, month: month + 1, day: 0 })).getUTCDate();
}

/** `2026-03-05` */
export function isoDate({ year, month, day }: LocalDate): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Reads `2026-03-05`; null for what is no such day. */
export function parseIsoDate(text: string): LocalDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isLocalDate(date) ? date : null;
}

/** Midnight of a day, in ms since 1970, as if it were in UTC. */
export function utcDay({ year, month, day }: LocalDate): number {
  const date = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}
