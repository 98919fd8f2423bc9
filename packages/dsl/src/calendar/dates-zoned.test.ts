import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDate, localTime, wallTime } from './dates-zoned.ts';

const ZONES = [
  'UTC',
  'Asia/Singapore',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Monrovia',
  'Asia/Pyongyang',
];
const HOUR = 3_600_000;

/** What Intl shows, asked each time. */
function shown(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium', calendar: 'iso8601' });
  return format.format(at).replace(' ', 'T');
}

describe('what the clocks of a zone show', () => {
  const instant = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2037, 11, 31) });

  test.prop([instant, fc.constantFrom(...ZONES)])('is what Intl says, at any time', (at, zone) => {
    expect(new Date(wallTime(at, zone)).toISOString().slice(0, 19)).toBe(shown(at, zone));
  });

  it.each([
    ['Europe/Berlin', Date.UTC(2026, 2, 29, 1)],
    ['America/New_York', Date.UTC(2026, 10, 1, 6)],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15)],
    ['Pacific/Apia', Date.UTC(2011, 11, 30, 10)],
    ['Asia/Pyongyang', Date.UTC(2018, 4, 4, 15)],
  ])('jumps in %s in the second in which they are changed', (zone, change) => {
    for (const at of [change - HOUR, change - 1_000, change, change + 1, change + HOUR])
      expect(new Date(wallTime(at, zone)).toISOString().slice(0, 19)).toBe(shown(at, zone));
    const before = new Date(change - 1);
    expect([localDate(before, zone), localTime(before, zone)]).not.toEqual([
      localDate(new Date(change), zone),
      localTime(new Date(change), zone),
    ]);
  });
});
