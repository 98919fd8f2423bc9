import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callingHours, type CallingHours, type CallingHoursOptions } from './calling-hours.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const at = (iso: string): Date => new Date(iso);
const told = (hours: CallingHours, iso: string, zone: string): readonly string[] | null => {
  const window = hours.window(at(iso), zone);
  return window && [window.opens, window.closes].map((moment) => moment.toISOString().slice(0, 16));
};

const usual = callingHours({
  days: { 'mon-fri': ['09:00-12:00', '13:00-20:00'], sat: '22:00-02:00' },
  holidays: { '2026-12-25': null, '12-24': '09:00-12:00' },
});

describe('the window in which somebody may be called', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['is the one that is open', '2026-03-05T10:00:00+08:00', 'Asia/Singapore', ['2026-03-05T01:00', '2026-03-05T04:00']],
    ['is the next one at noon', '2026-03-05T12:00:00+08:00', 'Asia/Singapore', ['2026-03-05T05:00', '2026-03-05T12:00']],
    ['goes on past midnight', '2026-03-08T01:00:00+08:00', 'Asia/Singapore', ['2026-03-07T14:00', '2026-03-07T18:00']],
    ['follows the clock of each zone', '2026-03-05T01:00:00Z', 'Europe/Berlin', ['2026-03-05T08:00', '2026-03-05T11:00']],
    ['skips a holiday', '2026-12-24T13:00:00+08:00', 'Asia/Singapore', ['2026-12-26T14:00', '2026-12-26T18:00']],
    ['has the hours of a holiday of every year', '2029-12-24T10:00:00+08:00', 'Asia/Singapore', ['2029-12-24T01:00', '2029-12-24T04:00']],
  ])('%s', (_what, iso, zone, expected) => {
    expect(told(usual, iso, zone)).toEqual(expected);
  });

  it('ends at the midnight before a holiday', () => {
    const nights = callingHours({ days: { 'mon-sun': '20:00-02:00' }, holidays: ['2026-05-01'] });
    expect(told(nights, '2026-04-30T22:00:00Z', 'UTC')).toEqual(['2026-04-30T20:00', '2026-05-01T00:00']);
    expect(told(nights, '2026-05-01T00:00:00Z', 'UTC')).toEqual(['2026-05-02T20:00', '2026-05-03T02:00']);
  });

  it('is one where hours meet, and is told for 14 days at most', () => {
    const meeting = callingHours({ days: { mon: ['08:00-12:00', '12:00-24:00'], tue: '00:00-03:00' } });
    expect(told(meeting, '2026-03-02T09:00:00Z', 'UTC')).toEqual(['2026-03-02T08:00', '2026-03-03T03:00']);
    const always = callingHours({ days: { 'mon-sun': '00:00-24:00' } });
    expect(told(always, '2026-03-02T09:00:00Z', 'UTC')).toEqual(['2026-03-02T00:00', '2026-03-16T09:00']);
  });

  it('is none where holidays leave none for 400 days', () => {
    const days = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(5, 10));
    expect(callingHours({ days: { 'mon-sun': '09:00-18:00' }, holidays: days }).window(at('2026-03-02T07:00:00Z'), 'UTC')).toBeNull();
  });
});

// Zones whose clocks are set back at midnight, by half an hour, by two hours, in the south, in another month each year, and never.
const ZONES = [
  ...['UTC', 'Asia/Singapore', 'Asia/Kathmandu', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Atlantic/Azores'],
  ...['America/Havana', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Africa/Cairo', 'America/Santiago', 'Antarctica/Troll', 'Asia/Beirut'],
];
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

interface Hours {
  readonly from: number;
  readonly to: number;
}

/** Each day's hours in minutes after midnight, `to` past 1440 where they end on the day after; and days of the year without any. */
interface Plan {
  readonly zone: string;
  readonly week: readonly (readonly Hours[])[];
  readonly holidays: readonly string[];
}

const time = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const written = ({ from, to }: Hours): string => `${time(from)}-${to === 1_440 ? '24:00' : time(to % 1_440)}`;
const optionsOf = ({ week, holidays }: Plan): CallingHoursOptions => ({
  days: Object.fromEntries(week.map((hours, day) => [WEEK[day] ?? '', hours.map(written)])),
  holidays,
});

const clocks = new Map(
  ZONES.map((zone) => [zone, new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })]),
);

/** What the clock on the wall shows in a minute: its day of the week (0: Monday), the day, and minutes after midnight. As Intl says it. */
function shown(zone: string, instant: number): { readonly weekday: number; readonly day: string; readonly minutes: number } {
  const [day = '', clock = ''] = clocks.get(zone)?.format(instant).split(' ') ?? [];
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { weekday, day, minutes: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) };
}

/** Whether the clock on the wall shows a time within the hours. */
function isWithin({ zone, week, holidays }: Plan, instant: number): boolean {
  const { weekday, day, minutes } = shown(zone, instant);
  if (holidays.includes(day.slice(5))) return false;
  const eve = new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(5, 10);
  const ofEve = holidays.includes(eve) ? [] : (week[(weekday + 6) % 7] ?? []);
  return (week[weekday] ?? []).some(({ from, to }) => from <= minutes && minutes < to) || ofEve.some(({ to }) => minutes < to - 1_440);
}

/** Whether the clock shows this minute at another moment, too. */
function isShownTwice(zone: string, instant: number): boolean {
  const { day, minutes } = shown(zone, instant);
  return [-120, -60, -30, 30, 60, 120].some((away) => {
    const other = shown(zone, instant + away * MINUTE);
    return other.day === day && other.minutes === minutes;
  });
}

describe('every minute of three days', () => {
  /** Hours of which none meet, so that they can be written down as they are. */
  const hours = fc
    .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 180 }), fc.integer({ min: 0, max: 1_439 })), { minLength: 2, maxLength: 4 })
    .chain((bounds) => fc.record({ bounds: fc.constant(bounds.toSorted((a, b) => a - b)), late: fc.integer({ min: 0, max: 600 }) }))
    .map(({ bounds, late }) =>
      bounds.flatMap((from, index): Hours[] => {
        if (index % 2 === 1) return [];
        const to = bounds[index + 1];
        return [{ from, to: to ?? 1_440 + Math.min(late, from - 1) }];
      }),
    );
  const plans = fc.record({
    zone: fc.constantFrom(...ZONES),
    week: fc.array(fc.oneof(fc.constant([]), hours), { minLength: 7, maxLength: 7 }).filter((week) => week.some((day) => day.length > 0)),
    holidays: fc.array(fc.constantFrom('03-08', '03-29', '10-25', '11-01', '04-05', '09-06'), { maxLength: 2 }),
  });
  /** The days on which a zone's clocks are changed, in five years. */
  const changes = new Map(
    ZONES.map((zone) => {
      const days = Array.from({ length: 1_826 }, (_, day) => Date.UTC(2024, 0, 1) + day * DAY);
      const changed = days.filter((day) => shown(zone, day).minutes !== shown(zone, day + DAY).minutes);
      return [zone, changed.length === 0 ? days.slice(0, 5) : changed];
    }),
  );
  const days = fc.oneof({ weight: 3, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant(null) });

  test.prop([plans, days], { numRuns: 250 })(
    'nobody is called out of hours, and only minutes that are shown twice are left out',
    (plan, nth) => {
      const known = changes.get(plan.zone) ?? [];
      const first = (nth === null ? Date.UTC(2026, 5, 1) : (known[nth % known.length] ?? 0)) - DAY;

      const calling = callingHours(optionsOf(plan));
      const [outside, missed]: [string[], string[]] = [[], []];
      let window = calling.window(new Date(first), plan.zone);
      for (let instant = first; instant < first + 3 * DAY; instant += MINUTE) {
        if (window !== null && window.closes.getTime() <= instant) window = calling.window(new Date(instant), plan.zone);
        const isInside = window !== null && window.opens.getTime() <= instant;
        const may = isWithin(plan, instant);
        if (isInside && !may) outside.push(new Date(instant).toISOString());
        if (!isInside && may && !isShownTwice(plan.zone, instant)) missed.push(new Date(instant).toISOString());
      }
      expect({ outside, missed }).toEqual({ outside: [], missed: [] });
    },
  );

  it('is asked of zones whose clocks change on these days', () => {
    expect(ZONES.filter((zone) => (changes.get(zone)?.length ?? 0) > 5)).toHaveLength(ZONES.length - 3);
  });
});

describe('calling hours that can not be', () => {
  const loose = callingHours as (options: unknown) => CallingHours;

  it.each<[string, object, string, RegExp]>([
    ['no hours', { days: { mon: null } }, 'HS_OPENING_HOURS', /callingHours.*must have hours on some day/],
    ['a day that is none', { days: { monday: '09:00-18:00' } }, 'HS_OPENING_HOURS', /Did you mean "mon"/],
    ['hours that are none', { days: { mon: '9-18' } }, 'HS_OPENING_HOURS', /callingHours.*hours from 00:00 to 24:00/],
    ['a holiday that is none', { days: { mon: '09:00-18:00' }, holidays: ['2026-02-30'] }, 'HS_OPENING_HOURS', /days that there are/],
    ['an option that is none', { days: { mon: '09:00-18:00' }, holiday: [] }, 'HS_EFFECT_OPTION_UNKNOWN', /holidays/],
  ])('%s', (_what, options, code, message) => {
    expect(() => loose(options)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as unknown }));
  });

  it('and zones and dates that can not be', () => {
    expect(() => usual.window(at('2026-03-05'), 'Asia/Singapur')).toThrow(expect.objectContaining({ code: 'HS_TIME_ZONE' }));
    expect(() => usual.window(new Date(Number.NaN), 'UTC')).toThrow(expect.objectContaining({ code: 'HS_EFFECT_ARGUMENT' }));
  });
});
