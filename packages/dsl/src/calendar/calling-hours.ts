import { checkedByMaker, checkOptions, type OptionChecks } from '../arguments/check-argument.ts';
import { instantOf, zoneOf } from './dates-zoned.ts';
import { DAY_MS } from './dates.ts';
import { Calendar, type HolidayHours, type WeekHours } from './opening-days.ts';
import { CERTAIN, Periods } from './periods.ts';

/** When people may be called, by the clock on their own wall. */
export interface CallingHoursOptions {
  /** Hours by day of the week, e.g. `{ 'mon-fri': '09:00-20:00', sat: '10:00-17:00' }`. On days that are not named nobody is called. */
  readonly days: WeekHours;
  /** Days that differ, as `2026-12-25`, or `12-25` for every year: a list of days on which nobody is called, or an object with their hours (null is none). */
  readonly holidays?: HolidayHours | null;
}

/** A time in which somebody may be called: from `opens` on, and before `closes`. */
export interface CallingWindow {
  readonly opens: Date;
  readonly closes: Date;
}

/** Tells when people may be called, each in their own time zone. Pure: the time is always an argument. */
export interface CallingHours {
  /**
   * The window that is open at `date` in `timeZone` (IANA, e.g. `Asia/Singapore`), or the next one; null where none opens within 400 days. Hours that meet or overlap
   * are one window, of which no more is told than 14 days from `date`, or from its beginning if that is later.
   *
   * @throws EffectArgumentError `HS_TIME_ZONE` for a zone that there is not, `HS_EFFECT_ARGUMENT` for an invalid `Date`.
   */
  window(date: Date, timeZone: string): CallingWindow | null;
}

/** Zones are few; whoever makes them up must not fill the memory. */
const MAX_ZONES = 500;
const MAX_WINDOW = 14 * DAY_MS;
const CHECKS: OptionChecks<CallingHoursOptions> = { days: checkedByMaker, holidays: checkedByMaker };

/**
 * Hours in which people may be called, for `hours.window(yield* now(), zone)`. Unlike opening hours they leave out what could be wrong: a time that is shown twice, as clocks
 * are set back, counts only where both of its moments are within the hours; and on a holiday its own hours alone count, whatever the day before says. Hours that end before
 * they begin go on into the next day.
 *
 * @throws EffectArgumentError `HS_OPENING_HOURS` or `HS_EFFECT_OPTION_UNKNOWN`.
 */
export function callingHours(options: CallingHoursOptions): CallingHours {
  checkOptions('callingHours', options, CHECKS);
  const calendar = new Calendar('callingHours', options.days, options.holidays);
  const zones = new Map<string, Periods>();
  const periodsOf = (timeZone: string): Periods => {
    const known = zones.get(timeZone);
    if (known !== undefined) return known;
    if (zones.size >= MAX_ZONES) zones.clear();
    const periods = new Periods(zoneOf('window', timeZone), calendar, CERTAIN);
    zones.set(timeZone, periods);
    return periods;
  };
  return Object.freeze<CallingHours>({
    window: (date, timeZone) => {
      const [instant, periods] = [instantOf('window', date), periodsOf(timeZone)];
      const open = periods.at(instant);
      const opens = open?.from ?? periods.nextOpening(instant);
      if (opens === null) return null;
      const latest = Math.max(instant, opens) + MAX_WINDOW;
      const closes = periods.nextClosing(Math.max(instant, opens), latest) ?? latest;
      return { opens: new Date(opens), closes: new Date(Math.min(closes, latest)) };
    },
  });
}
