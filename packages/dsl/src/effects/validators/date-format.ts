import { compareDates, isLocalDate, type LocalDate } from '../dates.ts';

/** How a date is keyed in: day, month, and year with four or two digits or none. */
export const DATE_FORMATS = [
  ...(['DDMMYYYY', 'MMDDYYYY', 'YYYYMMDD', 'DDMMYY', 'MMDDYY', 'YYMMDD', 'DDMM', 'MMDD'] as const),
  ...(['MMYYYY', 'YYYYMM', 'MMYY', 'YYMM'] as const),
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** Which dates are taken: those up to today, those from today on, or all. Today is in each of them. */
export type DateRange = 'past' | 'future' | 'any';

type Field = 'day' | 'month' | 'year';
const FIELDS: Readonly<Record<string, Field>> = { D: 'day', M: 'month', Y: 'year' };
/** Two-digit years are looked for from so many years ago, over a hundred years: an expired card is no card of the next century. */
const YEARS_BACK = { past: 99, any: 50, future: 20 } as const satisfies Record<DateRange, number>;
/** Enough to find 29 February on both sides, also around 2100. */
const YEARS_AROUND = 8;

/** Whether entries name a day, and not only a month. */
export function hasDay(format: DateFormat): boolean {
  return format.includes('DD');
}

/** The date that an entry means, seen from `today`; the first of the month where the format has no day. Null where there is no such date. */
export function readDate(format: DateFormat, entry: string, today: LocalDate, range: DateRange): LocalDate | null {
  const fields = fieldsOf(format, entry);
  const day = fields.get('day') ?? '1';
  const dates = yearsOf(fields.get('year') ?? '', today, range)
    .map((year) => ({ year, month: Number(fields.get('month')), day: Number(day) }))
    .filter(isLocalDate);
  const wanted = dates.filter(
    (date) => range === 'any' || (range === 'past' ? compareDates(date, today) <= 0 : compareDates(date, today) >= 0),
  );
  return nearest(wanted, today) ?? nearest(dates, today);
}

/** An entry that means `date`. */
export function writeDate(format: DateFormat, date: LocalDate): string {
  return format.replace(/D+|M+|Y+/g, (letters) => {
    const number = String(date[FIELDS[letters[0] as string] as Field]);
    return number.padStart(letters.length, '0').slice(-letters.length);
  });
}

function fieldsOf(format: DateFormat, entry: string): ReadonlyMap<Field, string> {
  const fields = new Map<Field, string>();
  for (const { 0: letters, index } of format.matchAll(/D+|M+|Y+/g)) {
    fields.set(FIELDS[letters[0] as string] as Field, entry.slice(index, index + letters.length));
  }
  return fields;
}

function yearsOf(written: string, today: LocalDate, range: DateRange): readonly number[] {
  if (written.length === 4) return [Number(written)];
  if (written.length === 2) {
    const first = today.year - YEARS_BACK[range];
    return [first + ((((Number(written) - first) % 100) + 100) % 100)];
  }
  return Array.from({ length: 2 * YEARS_AROUND + 1 }, (_, index) => today.year - YEARS_AROUND + index);
}

function nearest(dates: readonly LocalDate[], today: LocalDate): LocalDate | null {
  const far = (date: LocalDate): number => Math.abs(compareDates(date, today));
  return dates.reduce<LocalDate | null>((best, date) => (best === null || far(date) < far(best) ? date : best), null);
}
