import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openingHours, type OpeningHoursOptions } from './opening-hours.ts';

const office = openingHours({
  timeZone: 'Asia/Singapore',
  days: { 'mon-fri': ['09:00-12:00', '13:00-18:00'], sat: '22:00-02:00' },
  holidays: { '2026-12-25': null, '12-24': '09:00-12:00' },
});
const at = (iso: string): Date => new Date(iso);
const next = (hours: typeof office, iso: string) => hours.nextOpening(at(iso))?.toISOString() ?? null;

describe('opening hours', () => {
  it.each<[string, string, boolean]>([
    ['before they begin', '2026-03-05T08:59:59+08:00', false],
    ['when they begin', '2026-03-05T09:00:00+08:00', true],
    ['at lunch', '2026-03-05T12:00:00+08:00', false],
    ['after lunch', '2026-03-05T13:00:00+08:00', true],
    ['when they end', '2026-03-05T18:00:00+08:00', false],
    ['on a day without hours', '2026-03-08T10:00:00+08:00', false],
    ['past midnight', '2026-03-08T01:59:00+08:00', true],
    ['when they end past midnight', '2026-03-08T02:00:00+08:00', false],
    ['on a holiday', '2026-12-25T10:00:00+08:00', false],
    ['on a holiday of every year', '2029-12-24T11:00:00+08:00', true],
    ['after the hours of a holiday', '2029-12-24T14:00:00+08:00', false],
  ])('are told right %s', (_when, iso, open) => {
    expect(office.isOpen(at(iso))).toBe(open);
  });

  it.each<[string, string, string]>([
    ['where it is open, now', '2026-03-05T10:00:00+08:00', '2026-03-05T02:00:00.000Z'],
    ['at lunch, after it', '2026-03-05T12:30:00+08:00', '2026-03-05T05:00:00.000Z'],
    ['on Friday night, on Saturday night', '2026-03-06T20:00:00+08:00', '2026-03-07T14:00:00.000Z'],
    ['on Sunday, on Monday', '2026-03-08T10:00:00+08:00', '2026-03-09T01:00:00.000Z'],
    ['before a holiday, after it', '2026-12-24T12:00:00+08:00', '2026-12-26T14:00:00.000Z'],
  ])('name the next opening: %s', (_when, iso, opening) => {
    expect(next(office, iso)).toBe(opening);
  });

  it('name the next closing, through hours that meet', () => {
    const shop = openingHours({ timeZone: 'UTC', days: { mon: ['08:00-12:00', '12:00-24:00'], tue: '00:00-03:00' } });
    expect(shop.nextClosing(at('2026-03-02T09:00:00Z'))?.toISOString()).toBe('2026-03-03T03:00:00.000Z');
    expect(shop.nextClosing(at('2026-03-02T07:00:00Z'))).toBeNull();
  });

  it('never close where they are round the clock', () => {
    const always = openingHours({ timeZone: 'Europe/Berlin', days: { 'mon-sun': '00:00-24:00' } });
    expect(always.nextClosing(at('2026-03-02T07:00:00Z'))).toBeNull();
    expect(always.isOpen(at('2026-03-29T01:30:00Z'))).toBe(true);
  });

  it('have no next opening where holidays leave none', () => {
    const days = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(5, 10));
    expect(
      openingHours({ timeZone: 'UTC', days: { 'mon-sun': '09:00-18:00' }, holidays: days }).nextOpening(at('2026-03-02T07:00:00Z')),
    ).toBeNull();
  });
});

describe('opening hours where clocks are changed', () => {
  const night = (from: string, to: string) => openingHours({ timeZone: 'America/New_York', days: { 'mon-sun': `${from}-${to}` } });

  it.each<[string, string, string, string, string]>([
    // On 8 March 2026 the clocks go from 02:00 to 03:00, at 07:00Z.
    ['begin with the change where their beginning is skipped', '02:30', '05:00', '2026-03-08T06:59:59Z', '2026-03-08T07:00:00.000Z'],
    ['are skipped where all of them are', '02:10', '02:50', '2026-03-08T05:00:00Z', '2026-03-09T06:10:00.000Z'],
    // On 1 November 2026 they go from 02:00 back to 01:00, at 06:00Z.
    ['begin at the first time that is shown twice', '01:30', '04:00', '2026-11-01T04:00:00Z', '2026-11-01T05:30:00.000Z'],
  ])('%s', (_what, from, to, iso, opening) => {
    expect(next(night(from, to), iso)).toBe(opening);
  });

  it('end at the last time that is shown twice, without a gap', () => {
    const bar = night('22:00', '01:30');
    expect(bar.isOpen(at('2026-11-01T05:45:00Z'))).toBe(true);
    expect(bar.nextClosing(at('2026-11-01T04:00:00Z'))?.toISOString()).toBe('2026-11-01T06:30:00.000Z');
  });

  it('keep the hours of the clock on both sides of a change', () => {
    const shop = openingHours({ timeZone: 'Europe/Berlin', days: { 'mon-sun': '09:00-18:00' } });
    expect(next(shop, '2026-03-28T20:00:00Z')).toBe('2026-03-29T07:00:00.000Z');
    expect(next(shop, '2026-03-27T20:00:00Z')).toBe('2026-03-28T08:00:00.000Z');
  });

  it('survive a day that a zone leaves out', () => {
    const apia = openingHours({ timeZone: 'Pacific/Apia', days: { 'mon-sun': '09:00-18:00' } });
    expect(next(apia, '2011-12-30T05:00:00Z')).toBe('2011-12-30T19:00:00.000Z');
  });
});

describe('the next opening', () => {
  const zones = fc.constantFrom(
    'UTC',
    'America/New_York',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
  );
  const minute = fc.integer({ min: 0, max: 1_439 });
  const time = (at: number): string => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  const hours = fc
    .record({ timeZone: zones, day: fc.constantFrom('mon', 'mon-sun', 'sat,sun'), from: minute, to: minute })
    .filter(({ from, to }) => from !== to)
    .map(({ timeZone, day, from, to }) => openingHours({ timeZone, days: { [day]: `${time(from)}-${time(to)}` } }));

  it('is open, and every moment before it is not', () => {
    fc.assert(
      fc.property(
        hours,
        fc.date({ min: at('2026-01-01'), max: at('2026-12-31'), noInvalidDate: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (shop, from, part) => {
          const opening = shop.nextOpening(from) as Date;
          expect(shop.isOpen(opening)).toBe(true);
          const before = new Date(from.getTime() + Math.floor((opening.getTime() - from.getTime()) * part));
          expect(shop.isOpen(before)).toBe(before.getTime() === opening.getTime());
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('opening hours that can not be', () => {
  const loose = openingHours as (options: unknown) => unknown;
  const good: OpeningHoursOptions = { timeZone: 'UTC', days: { mon: '09:00-18:00' } };

  it.each<[string, object, string, RegExp]>([
    ['no zone', { timeZone: undefined }, 'HS_TIME_ZONE', /none is taken for granted/],
    ['a zone that there is not', { timeZone: 'Mars/Olympus' }, 'HS_TIME_ZONE', /IANA/],
    ['an unknown option', { holiday: [] }, 'HS_EFFECT_OPTION_UNKNOWN', /Did you mean "holidays"/],
    ['no days', { days: undefined }, 'HS_OPENING_HOURS', /must be an object/],
    ['days without hours', { days: { mon: null } }, 'HS_OPENING_HOURS', /hours on some day/],
    ['a long name', { days: { monday: '09:00-18:00' } }, 'HS_OPENING_HOURS', /Did you mean "mon"/],
    ['a day twice', { days: { 'mon-wed': '09:00-18:00', tue: null } }, 'HS_OPENING_HOURS', /another line for tue/],
    ['no hours', { days: { mon: 'all day' } }, 'HS_OPENING_HOURS', /got "all day"/],
    ['an hour that there is not', { days: { mon: '09:00-25:00' } }, 'HS_OPENING_HOURS', /00:00 to 24:00/],
    ['hours of no length', { days: { mon: '09:00-09:00' } }, 'HS_OPENING_HOURS', /whole day/],
    ['hours that overlap', { days: { mon: ['09:00-12:00', '11:00-13:00'] } }, 'HS_OPENING_HOURS', /overlap/],
    ['a number', { days: { mon: 9 } }, 'HS_OPENING_HOURS', /a number/],
    ['a holiday that there is not', { holidays: ['02-30'] }, 'HS_OPENING_HOURS', /got "02-30"/],
    ['a holiday in words', { holidays: ['Christmas'] }, 'HS_OPENING_HOURS', /12-25/],
    ['holidays as a text', { holidays: '12-25' }, 'HS_OPENING_HOURS', /holidays must be an object/],
  ])('are refused: %s', (_what, options, code, message) => {
    expect(() => loose({ ...good, ...options })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error,
    );
  });

  it('say so when they are asked with something that is no date', () => {
    expect(() => office.isOpen(new Date('tomorrow'))).toThrow(/isOpen: date must be a valid Date; got an invalid one/);
  });
});
