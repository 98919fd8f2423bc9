import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spokenDate, spokenTime } from './dates-spoken.ts';
import { instantAt, localDate, localTime, wallTime } from './dates-zoned.ts';
import { addDays, compareDates, daysIn, isLocalDate, isoDate, parseIsoDate, weekday } from './dates.ts';

const moment = new Date('2026-03-05T18:30:00Z');
const anyDate = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('a day of the calendar', () => {
  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['1900-02-29', false],
    ['2026-13-01', false],
    ['2026-04-31', false],
    ['2026-4-3', false],
  ])('exists or not: %s', (iso, exists) => {
    expect(parseIsoDate(iso) !== null).toBe(exists);
  });

  it('is no fraction', () => {
    expect(isLocalDate({ year: 2026, month: 3, day: 5.5 })).toBe(false);
  });

  it('has a weekday, neighbours and a month', () => {
    const date = { year: 2024, month: 2, day: 28 };
    expect(weekday(date)).toBe(3);
    expect([isoDate(addDays(date, 2)), isoDate(addDays(date, -28)), daysIn(date)]).toEqual(['2024-03-01', '2024-01-31', 29]);
    expect(compareDates(date, addDays(date, 1))).toBeLessThan(0);
  });

  it('is read back as it is written', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const written = date.toISOString().slice(0, 10);
        expect(isoDate(parseIsoDate(written) ?? { year: 0, month: 0, day: 0 })).toBe(written);
      }),
    );
  });
});

describe('a moment in a time zone', () => {
  it.each([
    ['Asia/Singapore', '2026-03-06', 2, 30],
    ['America/New_York', '2026-03-05', 13, 30],
    ['Asia/Kathmandu', '2026-03-06', 0, 15],
    ['UTC', '2026-03-05', 18, 30],
  ])('is told by the clocks of %s', (timeZone, day, hour, minute) => {
    expect(isoDate(localDate(moment, timeZone))).toBe(day);
    expect(localTime(moment, timeZone)).toEqual({ hour, minute });
  });

  it('is found again from what the clocks show', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Europe/London');
    fc.assert(
      fc.property(anyDate, zones, (date, timeZone) => {
        const instant = Math.floor(date.getTime() / 1_000) * 1_000;
        const wall = wallTime(instant, timeZone);
        const found = [instantAt(wall, timeZone, 'first'), instantAt(wall, timeZone, 'last')];
        expect(found).toContain(instant);
      }),
    );
  });

  it('needs a zone and a valid date', () => {
    expect(() => localDate(moment, 'Mars/Olympus')).toThrow(/localDate: timeZone must be a time zone/);
    expect(() => localTime(new Date(NaN), 'UTC')).toThrow(/localTime: date must be a valid Date/);
  });
});

describe('a spoken date', () => {
  it.each([
    ['en', 'Friday, March 6', '2:30 AM'],
    ['de', 'Freitag, 6. März', '2:30'],
    ['zh', '3月6日星期五', '2:30'],
  ])('is in the language %s', (language, date, time) => {
    expect(spokenDate(moment, { language, timeZone: 'Asia/Singapore' })).toBe(date);
    expect(spokenTime(moment, { language, timeZone: 'Asia/Singapore' })).toBe(time);
  });

  it('has a year where that is wanted', () => {
    expect(spokenDate({ year: 2026, month: 3, day: 6 }, { language: 'en', year: true })).toBe('Friday, March 6, 2026');
  });

  it('is also made of local dates and times, which have no zone', () => {
    expect(spokenDate({ year: 2026, month: 3, day: 6 }, { language: 'en-GB' })).toMatch(/^Friday,? 6 March$/);
    expect(spokenTime({ hour: 14, minute: 5 }, { language: 'en' })).toBe('2:05 PM');
  });

  it('needs a zone for a moment, and a language', () => {
    expect(() => spokenDate(moment, { language: 'en' })).toThrow(/timeZone must be/);
    expect(() => spokenTime(moment, { language: 'not a tag', timeZone: 'UTC' })).toThrow(/spokenTime: language must be a language tag/);
  });
});
