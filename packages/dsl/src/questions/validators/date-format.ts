import { compareDates, isLocalDate, type LocalDate } from '../../calendar/dates.ts';

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
/** How many years an open end reaches where two digits name the year: a card that has expired is no card of the next century. */
const YEARS_BACK = { past: 100, any: 50, future: 20 } as const satisfies Record<DateRange, number>;
const YEARS_AHEAD = 79;
const CENTURY = 100;
/** Enough to find 29 February on both sides, also around 2100. */
const YEARS_AROUND = 8;

/** The dates that are taken; null where there is no bound. */
export interface DateLimits {
  readonly range: DateRange;
  readonly today: LocalDate;
  readonly first: LocalDate | null;
  readonly last: LocalDate | null;
}

/** Whether entries name a day, and not only a month. */
export function hasDay(format: DateFormat): boolean {
  return format.includes('DD');
}

/**
 * The date that an entry means; the first of the month where the format has no day. Where the entry has no year, or two digits of it, it is the year that
 * the limits allow, and of several the one nearest to today; where they allow none, the one nearest to them. Null where there is no such date.
 */
export function readDate(format: DateFormat, entry: string, limits: DateLimits): LocalDate | null {
  const fields = fieldsOf(format, entry);
  const [month, day] = [Number(fields.get('month')), Number(fields.get('day') ?? '1')];
  const dates = yearsOf(fields.get('year') ?? '', limits)
    .map((year) => ({ year, month, day }))
    .filter(isLocalDate);
  const { today } = limits;
  const allowed = dates.filter((date) => outside(date, limits) === 0);
  return nearest(allowed, (date) => Math.abs(compareDates(date, today))) ?? nearest(dates, (date) => outside(date, limits));
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

/** The years that an entry may mean: around today, and where the limits are. */
function yearsOf(written: string, { range, today, first, last }: DateLimits): readonly number[] {
  if (written.length === 4) return [Number(written)];
  const around = written.length === 2 ? CENTURY : YEARS_AROUND;
  const years = new Set<number>();
  for (const centre of [today, first, last]) {
    if (centre === null) continue;
    for (let year = centre.year - around; year <= centre.year + around; year++) years.add(year);
  }
  if (written.length === 0) return [...years];
  const earliest = first === null ? today.year - YEARS_BACK[range] : -Infinity;
  const latest = last === null ? today.year + YEARS_AHEAD : Infinity;
  return [...years].filter((year) => year % CENTURY === Number(written) && year >= earliest && year <= latest);
}

/** How far a date is from those that are taken; 0 where it is one of them. */
function outside(date: LocalDate, { first, last }: DateLimits): number {
  if (first !== null && compareDates(date, first) < 0) return compareDates(first, date);
  return last !== null && compareDates(date, last) > 0 ? compareDates(date, last) : 0;
}

function nearest(dates: readonly LocalDate[], far: (date: LocalDate) => number): LocalDate | null {
  return dates.reduce<LocalDate | null>((best, date) => (best === null || far(date) < far(best) ? date : best), null);
}
