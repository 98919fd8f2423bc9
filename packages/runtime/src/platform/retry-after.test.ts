import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const NOON = Date.UTC(2030, 0, 1, 12);

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', '3', null, 3_000],
    ['zero seconds', '0', null, 0],
    ['seconds with white space', ' 120 ', null, 120_000],
    ['fractions of a second, rounded up', '0.0005', null, 1],
    ['an HTTP date', 'Tue, 01 Jan 2030 12:00:30 GMT', null, 30_000],
    ['an HTTP date that has passed', 'Tue, 01 Jan 2030 11:00:00 GMT', null, 0],
    ["an HTTP date by the answer's own clock", 'Tue, 01 Jan 2030 09:00:05 GMT', 'Tue, 01 Jan 2030 09:00:00 GMT', 5_000],
    ['an HTTP date beside an unreadable Date', 'Tue, 01 Jan 2030 12:00:01 GMT', 'soon', 1_000],
    ['nothing', null, null, null],
    ['an empty header', '', null, null],
    ['a negative number', '-5', null, null],
    ['words', 'later', null, null],
    ['a bare year-like text', '2030-01', null, null],
  ])('reads %s', (_what, header, date, expected) => {
    expect(parseRetryAfter(header, date, NOON)).toBe(expected);
  });
});
