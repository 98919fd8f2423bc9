import { checkedByMaker, checkOptions, type OptionChecks } from '../arguments/check-argument.ts';
import { instantAt, instantOf, localDate, zoneOf } from './dates-zoned.ts';
import { addDays, DAY_MS, isoDate, type LocalDate, utcDay } from './dates.ts';
import { Calendar, type HolidayHours, type WeekHours } from './opening-days.ts';

/** When a business is open. */
export interface OpeningHoursOptions {
  /** IANA time zone in which the hours are meant, e.g. `Asia/Singapore`. */
  readonly timeZone: string;
  /** Hours by day of the week, e.g. `{ 'mon-fri': ['09:00-12:00', '13:00-18:00'], sat: '22:00-02:00' }`. Days that are not named are closed. */
  readonly days: WeekHours;
  /** Days that differ, as `2026-12-25`, or `12-25` for every year: a list of closed days, or an object with their hours (null is closed). */
  readonly holidays?: HolidayHours | null;
}

/** Tells when a business is open. Pure: the time is always an argument. */
export interface OpeningHours {
  readonly timeZone: string;
  /** Whether it is open at `date`. */
  isOpen(date: Date): boolean;
  /** When it opens next: `date` itself where it is open; null where it stays closed for 400 days. */
  nextOpening(date: Date): Date | null;
  /** When it closes next; null where it is closed, or stays open for 400 days. */
  nextClosing(date: Date): Date | null;
}

const MAX_DAYS = 400;
const CHECKS: OptionChecks<OpeningHoursOptions> = {
  timeZone: (effect, _argument, timeZone) => void zoneOf(effect, timeZone),
  days: checkedByMaker,
  holidays: checkedByMaker,
};

/**
 * Opening hours in a time zone, for `hours.isOpen(yield* now())`. Hours that end before they begin go on into the next day, whatever that day is.
 * Where the clocks are changed, hours that begin or end at a time that is shown twice begin at the first and end at the last of them;
 * a time that is skipped counts as the moment of the change.
 *
 * @throws EffectArgumentError `HS_OPENING_HOURS`, `HS_TIME_ZONE` or `HS_EFFECT_OPTION_UNKNOWN`.
 */
export function openingHours(options: OpeningHoursOptions): OpeningHours {
  checkOptions('openingHours', options, CHECKS);
  const timeZone = zoneOf('openingHours', options.timeZone);
  const periods = new Periods(timeZone, new Calendar(options.days, options.holidays));
  return Object.freeze<OpeningHours>({
    timeZone,
    isOpen: (date) => periods.at(instantOf('isOpen', date)) !== null,
    nextOpening: (date) => dateOf(periods.nextOpening(instantOf('nextOpening', date))),
    nextClosing: (date) => dateOf(periods.nextClosing(instantOf('nextClosing', date))),
  });
}

/** A time of being open, in ms since 1970; `to` is the first moment at which it is closed. */
interface Period {
  readonly from: number;
  readonly to: number;
}

/** Opening hours as instants. */
class Periods {
  readonly #timeZone: string;
  readonly #calendar: Calendar;
  /** By day; the same days are asked for in call after call. */
  readonly #known = new Map<string, readonly Period[]>();

  constructor(timeZone: string, calendar: Calendar) {
    this.#timeZone = timeZone;
    this.#calendar = calendar;
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

  nextClosing(instant: number): number | null {
    let open = this.at(instant);
    let closes: number | null = null;
    while (open !== null && open.to - instant <= MAX_DAYS * DAY_MS) {
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
    const periods = this.#calendar
      .on(date)
      .map((span) => ({
        from: instantAt(midnight + span.from * 60_000, this.#timeZone, 'first'),
        to: instantAt(midnight + span.to * 60_000, this.#timeZone, 'last'),
      }))
      .filter(({ from, to }) => from < to);
    if (this.#known.size >= MAX_DAYS) this.#known.clear();
    this.#known.set(key, periods);
    return periods;
  }
}

function dateOf(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
