import { describe, expect, it } from 'vitest';
import { clockTime } from './clock-time.ts';

const NOW = Date.parse('2026-11-23T09:30:00Z');
const SINGAPORE = 'Asia/Singapore';

describe('a time of --from and --until', () => {
  it.each([
    ['18:00', SINGAPORE, '2026-11-23T10:00:00.000Z'],
    ['17:30', SINGAPORE, '2026-11-24T09:30:00.000Z'],
    ['8:05', 'UTC', '2026-11-24T08:05:00.000Z'],
    ['2026-12-24T18:00', SINGAPORE, '2026-12-24T10:00:00.000Z'],
    ['2026-12-24 18:00', 'America/New_York', '2026-12-24T23:00:00.000Z'],
    ['2026-12-24T18:00:00+02:00', SINGAPORE, '2026-12-24T16:00:00.000Z'],
    // Shown twice: the first time.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(clockTime('--until', text, zone, NOW)).toBe(expected);
  });

  it.each([
    ['soon', 'UTC', '--until: "soon" is no time.'],
    ['24:00', 'UTC', '--until: "24:00" is no time.'],
    ['2026-02-30T10:00', 'UTC', '--until: there is no day 2026-02-30.'],
    ['2026-03-29T02:30', 'Europe/Berlin', '--until: clocks in Europe/Berlin do not show 2026-03-29T02:30.'],
    ['18:00', 'Mars', '--zone: there is no time zone "Mars".'],
  ])('refuses %s in %s', (text, zone, message) => {
    expect(() => clockTime('--until', text, zone, NOW)).toThrow(message);
  });
});
