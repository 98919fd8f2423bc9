import { instantAt, localDate } from './dates-zoned.ts';
import { addDays, DAY_MS, isoDate, type LocalDate, utcDay } from './dates.ts';
import type { Calendar } from './opening-days.ts';

/** How far ahead is looked, in days. */
export const MAX_DAYS = 400;
const MINUTES_A_DAY = 1_440;

/** What becomes of hours where the clocks or the days are unusual. */
export interface Bounds {
  /** Which of two moments is meant that a clock shows alike, as it is set back. */
  readonly begin: 'first' | 'last';
  readonly end: 'first' | 'last';
  /** On a holiday its own hours alone count: what began the day before ends at its midnight. */
  readonly holidaysAlone: boolean;
}

/** All that may be meant: a door stays open rather than shut in somebody's face. */
export const WHOLE: Bounds = { begin: 'first', end: 'last', holidaysAlone: false };
/** Only what is meant in every reading: nobody is called at a time that could be the wrong one. */
export const CERTAIN: Bounds = { begin: 'last', end: 'first', holidaysAlone: true };

/** A time of being open, in ms since 1970; `to` is the first moment at which it is closed. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Hours of one zone as instants. */
export class Periods {
  readonly #timeZone: string;
  readonly #calendar: Calendar;
  readonly #bounds: Bounds;
  /** By day; the same days are asked for in call after call. */
  readonly #known = new Map<string, readonly Period[]>();

  constructor(timeZone: string, calendar: Calendar, bounds: Bounds) {
    this.#timeZone = timeZone;
    this.#calendar = calendar;
    this.#bounds = bounds;
  }

  /** The period that is open at `instant`; where two meet or overlap, the one that ends last. */
  at(instant: number): Period | null {
    const today = this.#day(instant);
    // Yesterday's hours may go on into today, and tomorrow's begin early where clocks are set back at midnight.
    const open = [-1, 0, 1].flatMap((days) => this.#on(addDays(today, days))).filter(({ from, to }) => from <= instant && instant < to);
    return open.reduce<Period | null>((last, period) => (last === null || period.to > last.to ? period : last), null);
  }

  nextOpening(instant: number): number | null {
    if (this.at(instant) !== null) return instant;
    const today = this.#day(instant);
    for (let days = -1; days <= MAX_DAYS; days++) {
      const later = this.#on(addDays(today, days)).filter(({ from }) => from > instant);
      if (later.length > 0) return Math.min(...later.map(({ from }) => from));
    }
    return null;
  }

  /** Null where it is not open, or still open after `latest`. */
  nextClosing(instant: number, latest = instant + MAX_DAYS * DAY_MS): number | null {
    let open = this.at(instant);
    let closes: number | null = null;
    while (open !== null && open.to <= latest) {
      closes = open.to;
      open = this.at(closes);
    }
    return open === null ? closes : null;
  }

  #day(instant: number): LocalDate {
    return localDate(new Date(instant), this.#timeZone);
  }

  #on(date: LocalDate): readonly Period[] {
    const key = isoDate(date);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const midnight = utcDay(date);
    const { begin, end, holidaysAlone } = this.#bounds;
    const latest = holidaysAlone && this.#calendar.isHoliday(addDays(date, 1)) ? MINUTES_A_DAY : Infinity;
    const periods = this.#calendar
      .on(date)
      .map((span) => ({
        from: instantAt(midnight + span.from * 60_000, this.#timeZone, begin),
        to: instantAt(midnight + Math.min(span.to, latest) * 60_000, this.#timeZone, end),
      }))
      .filter(({ from, to }) => from < to);
    if (this.#known.size >= MAX_DAYS) this.#known.clear();
    this.#known.set(key, periods);
    return periods;
  }
}
