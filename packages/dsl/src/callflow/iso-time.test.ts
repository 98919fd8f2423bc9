import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIsoTime } from './iso-time.ts';

describe('a time on the wire', () => {
  it('is what Date writes, for every time that it can write so', () => {
    const times = fc.date({ min: new Date('0000-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
    fc.assert(
      fc.property(times, (at) => {
        expect(readIsoTime(at.toISOString())).toBe(at.getTime());
      }),
    );
  });

  it.each([
    ['2030-01-01T00:00:00Z', Date.UTC(2030, 0, 1)],
    ['2030-01-01T08:00:00+08:00', Date.UTC(2030, 0, 1)],
    ['2029-12-31T18:30:00.5-05:30', Date.UTC(2030, 0, 1, 0, 0, 0, 500)],
    ['2030-01-01T00:00:00.123456789Z', Date.UTC(2030, 0, 1, 0, 0, 0, 123)],
    ['2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
  ])('%s is read', (text, at) => {
    expect(readIsoTime(text)).toBe(at);
  });

  it.each([
    ...['2030-02-29T00:00:00Z', '2100-02-29T00:00:00Z', '2030-04-31T00:00:00Z', '2030-00-01T00:00:00Z', '2030-01-00T00:00:00Z'],
    ...['2030-01-01T24:00:00Z', '2030-01-01T23:60:00Z', '2030-01-01T23:59:60Z', '2030-01-01T00:00:00+15:00', '2030-01-01T00:00:00+08:60'],
    ...[
      '2030-01-01T00:00:00',
      '2030-01-01',
      '2030-01-01 00:00:00Z',
      '2030-01-01T00:00Z',
      '2030-01-01T00:00:00.Z',
      '+12030-01-01T00:00:00Z',
    ],
    ...['soon', '', '1893456000000', '2030-01-01T00:00:00z', ' 2030-01-01T00:00:00Z', `2030-01-01T00:00:00.${'1'.repeat(100_000)}Z`],
  ])('%s is none', (text) => {
    expect(readIsoTime(text)).toBeNull();
  });
});
