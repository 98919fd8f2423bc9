import { describe, expect, it } from 'vitest';
import { inWorld } from './other-world.ts';

const WORLD = { now: Date.UTC(2031, 9, 15), chance: 0.25, zone: 'Asia/Kathmandu', offset: 345, locale: 'de-DE' };

describe('another world', () => {
  it('has a clock that stands still, and only that', () => {
    const seen = inWorld(WORLD, () => [
      Date.now(),
      new Date().getTime(),
      new Date(5).getTime(),
      Date.UTC(1970, 0),
      new Date() instanceof Date,
    ]);
    expect(seen).toEqual([WORLD.now, WORLD.now, 5, 0, true]);
  });

  const AT = Date.UTC(2026, 0, 5, 20, 30, 15, 7);

  it('stands in its own zone: dates are made, read and written there', () => {
    const seen = inWorld(WORLD, () => {
      const date = new Date(AT);
      const set = new Date(AT);
      set.setHours(1, 2, 3, 4);
      return [date.getHours(), date.getMinutes(), date.getDate(), date.getDay(), date.getTimezoneOffset(), set.toISOString(), String(date)];
    });
    expect(seen).toEqual([2, 15, 6, 2, -345, '2026-01-05T19:17:03.004Z', 'Tue Jan 06 2026 02:15:15 GMT+0545 (Asia/Kathmandu)']);
  });

  it('takes parts and texts without an offset for its own time, and those with one for what they are', () => {
    const seen = inWorld(WORLD, () => [
      new Date(2026, 0, 5, 5, 45).toISOString(),
      new Date('2026-01-05T05:45').toISOString(),
      new Date('2026-01-05').toISOString(),
      new Date('2026-01-05T00:00:00+01:00').toISOString(),
      new Date(Date.parse('5 Jan 2026 05:45')).toISOString(),
      new Date('no date').getHours(),
    ]);
    const midnight = '2026-01-05T00:00:00.000Z';
    expect(seen).toEqual([midnight, midnight, midnight, '2026-01-04T23:00:00.000Z', midnight, Number.NaN]);
  });

  it('formats in its zone, its language and at its time where nobody says which', () => {
    const seen = inWorld(WORLD, () => [
      new Intl.DateTimeFormat().format(AT),
      new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', timeStyle: 'short' }).format(AT),
      new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC' }).format(),
      // ICU has two spellings of it.
      Intl.DateTimeFormat().resolvedOptions().timeZone.replace('Katm', 'Kathm'),
      new Date(AT).toLocaleTimeString(),
      new Date(AT).toLocaleString('en-GB', { timeZone: 'UTC' }),
      (1234.5).toLocaleString(),
      new Intl.NumberFormat('en-US').format(1234.5),
    ]);
    const written = ['6.1.2026', '20:30', '15/10/2031', 'Asia/Kathmandu', '02:15:15', '05/01/2026, 20:30:15', '1.234,5', '1,234.5'];
    expect(seen).toEqual(written);
  });

  it('has clocks and chance of its own, all the same each time', () => {
    const draw = () =>
      inWorld(WORLD, () => [performance.now(), process.hrtime(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(4))]]);
    expect(draw()).toEqual(draw());
    expect(draw()[2]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('draws the same numbers each time', () => {
    const draw = () => inWorld(WORLD, () => [Math.random(), Math.random(), Math.random()]);
    expect(draw()).toEqual(draw());
    expect(draw()[0]).toBe(0.25);
  });

  it('is left again, also by an exception', () => {
    const parts = () => [
      Date,
      Math.random,
      ...[Date.prototype, Intl, Intl.DateTimeFormat.prototype, performance, crypto, process].map((part) =>
        JSON.stringify(Object.keys(Object.getOwnPropertyDescriptors(part))),
      ),
      Date.prototype.getHours,
      Intl.DateTimeFormat,
      performance.now,
      process.hrtime,
    ];
    const before = parts();
    const fail = () => {
      throw new TypeError('inside');
    };
    expect(() => inWorld(WORLD, fail)).toThrow('inside');
    expect(parts()).toEqual(before);
  });
});
