import { argumentError } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { DAY_MS, type LocalDate, type LocalTime, utcDay } from './dates.ts';

/** Zones are few; whoever makes them up must not fill the memory. */
const MAX_FORMATS = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The day that it is in `timeZone` (IANA, e.g. `Asia/Singapore`) at `date`, whatever the machine's own zone. Take `date` from `yield* now()`.
 *
 * @throws EffectArgumentError `HS_TIME_ZONE` for a zone that there is not, `HS_EFFECT_ARGUMENT` for an invalid `Date`.
 */
export function localDate(date: Date, timeZone: string): LocalDate {
  const { year, month, day } = wallClock(instantOf('localDate', date), zoneOf('localDate', timeZone));
  return { year, month, day };
}

/** The time of day that it is in `timeZone` at `date`. @throws EffectArgumentError as `localDate`. */
export function localTime(date: Date, timeZone: string): LocalTime {
  const { hour, minute } = wallClock(instantOf('localTime', date), zoneOf('localTime', timeZone));
  return { hour, minute };
}

/** Milliseconds since 1970 of a date that must be valid. */
export function instantOf(effect: string, date: unknown): number {
  if (date instanceof Date && !Number.isNaN(date.getTime())) return date.getTime();
  throw argumentError('HS_EFFECT_ARGUMENT', effect, 'date', {
    says: 'must be a valid Date',
    came: date instanceof Date ? 'an invalid one' : describeValue(date),
    fix: 'Take it from yield* now().',
  });
}

/** Gives back a time zone that there is. @throws EffectArgumentError `HS_TIME_ZONE` for any other value. */
export function zoneOf(effect: string, timeZone: unknown): string {
  if (typeof timeZone === 'string' && formatOf(timeZone) !== null) return timeZone;
  throw argumentError('HS_TIME_ZONE', effect, 'timeZone', {
    says: 'must be a time zone of the IANA list',
    came: describeValue(timeZone),
    fix: "Write it like 'Asia/Singapore' or 'UTC'; none is taken for granted.",
  });
}

/**
 * What the clocks of a zone show, as a number: it runs like milliseconds since 1970, in whole seconds, and jumps where the clocks are changed.
 */
export function wallTime(instant: number, timeZone: string): number {
  if (instant < SINCE) return readWall(instant, timeZone);
  return Math.floor(instant / 1_000) * 1_000 + offsetIn(Math.floor(instant / QUARTER), timeZone);
}

/** Since then the clocks of every zone have been changed at whole quarters of an hour only. */
const SINCE = Date.UTC(1973, 0, 1);
const QUARTER = 900_000;
/** Offsets by zone and quarter of an hour: to ask Intl costs more than all else that a flow does with time. */
const offsets = new Map<string, Map<number, number>>();
const MAX_QUARTERS = 20_000;

function offsetIn(quarter: number, timeZone: string): number {
  let known = offsets.get(timeZone);
  if (known === undefined || known.size >= MAX_QUARTERS) {
    if (offsets.size >= MAX_FORMATS) offsets.clear();
    offsets.set(timeZone, (known = new Map()));
  }
  let ahead = known.get(quarter);
  if (ahead === undefined) known.set(quarter, (ahead = readWall(quarter * QUARTER, timeZone) - quarter * QUARTER));
  return ahead;
}

/**
 * The instant at which the clocks of `timeZone` show `wall` (see `wallTime`). What they show twice is the `first` or the `last` of them;
 * what they skip is the moment at which they are changed.
 */
export function instantAt(wall: number, timeZone: string, which: 'first' | 'last'): number {
  const [before, after] = [offset(wall - DAY_MS, timeZone), offset(wall + DAY_MS, timeZone)];
  const shown = [wall - before, wall - after].filter((instant) => wallTime(instant, timeZone) === wall);
  if (shown.length > 0) return which === 'first' ? Math.min(...shown) : Math.max(...shown);
  return change(wall - Math.max(before, after), wall - Math.min(before, after), after, timeZone);
}

function wallClock(instant: number, timeZone: string): LocalDate & LocalTime {
  const wall = new Date(wallTime(instant, timeZone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
  };
}

/** What Intl says that the clocks show. */
function readWall(instant: number, timeZone: string): number {
  const clock = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatOf(timeZone)?.formatToParts(instant) ?? []) {
    if (Object.hasOwn(clock, type)) clock[type as keyof typeof clock] = Number(value);
  }
  return utcDay(clock) + ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000;
}

/** The first instant after `early`, and at `late` at the latest, at which the zone has the offset `after`. */
function change(early: number, late: number, after: number, timeZone: string): number {
  let [no, yes] = [early, late];
  while (yes - no > 1_000) {
    const middle = no + Math.floor((yes - no) / 2_000) * 1_000;
    if (offset(middle, timeZone) === after) yes = middle;
    else no = middle;
  }
  return yes;
}

/** How far the clocks of a zone are ahead of UTC, in ms. */
function offset(instant: number, timeZone: string): number {
  const whole = Math.floor(instant / 1_000) * 1_000;
  return wallTime(whole, timeZone) - whole;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  try {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    // The calendar of ISO 8601, Latin digits, and hours 0 to 23.
    const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', { ...numeric, hourCycle: 'h23', timeZone });
    if (formats.size >= MAX_FORMATS) formats.clear();
    formats.set(timeZone, format);
    return format;
  } catch {
    return null;
  }
}
