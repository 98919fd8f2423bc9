import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from './values.ts';

const AT = Date.UTC(2024, 4, 16, 4, 12, 11, 217);

describe('readTime', () => {
  it.each([
    ['2024-05-16T04:12:11.217Z', AT],
    ['2024-05-16T04:12:11.217', AT],
    ['2024-05-16 04:12:11.217', AT],
    ['2024-05-16T04:12:11,217Z', AT],
    ['2024-05-16T04:12:11.217345Z', AT],
    ['2024-05-16T04:12:11.217 UTC', AT],
    ['2024-05-16T12:12:11.217+08:00', AT],
    ['2024-05-16T12:12:11.217+0800', AT],
    ['2024-05-16T12:12:11.217+08', AT],
    ['2024-05-15T23:12:11.217-05:00', AT],
    ['2024-05-16T04:12Z', Date.UTC(2024, 4, 16, 4, 12)],
    ['2024-05-16', Date.UTC(2024, 4, 16)],
    ['2024-05-16T04:12:11.2Z', AT - 17],
    [AT, AT],
    [String(AT), AT],
    [AT / 1_000, AT],
    [Math.floor(AT / 1_000), AT - 217],
    [AT * 1_000, AT],
  ])('%j is a time', (value, at) => {
    expect(readTime(value)).toBe(at);
  });

  it.each([
    '',
    'now',
    '2024-13-01',
    '2024-02-30',
    '2024-05-16T25:00:00Z',
    '16/05/2024',
    '0001-01-01',
    0,
    12,
    -AT,
    Number.NaN,
    Infinity,
    null,
    undefined,
    {},
    [],
  ])('%j is none', (value) => {
    expect(readTime(value)).toBeNull();
  });

  it('reads every time that JSON writes', () => {
    const date = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2199-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(fc.property(date, (at) => readTime(at.toJSON()) === at.getTime()));
  });
});
