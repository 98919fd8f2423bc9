import { checkedByMaker, checkOptions, type OptionChecks } from '../arguments/check-argument.ts';
import { instantOf, zoneOf } from './dates-zoned.ts';
import { Calendar, type HolidayHours, type WeekHours } from './opening-days.ts';
import { Periods, WHOLE } from './periods.ts';

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
  const periods = new Periods(timeZone, new Calendar('openingHours', options.days, options.holidays), WHOLE);
  return Object.freeze<OpeningHours>({
    timeZone,
    isOpen: (date) => periods.at(instantOf('isOpen', date)) !== null,
    nextOpening: (date) => dateOf(periods.nextOpening(instantOf('nextOpening', date))),
    nextClosing: (date) => dateOf(periods.nextClosing(instantOf('nextClosing', date))),
  });
}

function dateOf(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
