import { describe, expect, it } from 'vitest';
import { readSeconds, readSipCode } from './values.ts';

describe('a SIP code', () => {
  it.each([
    [200, 200],
    ['486', 486],
    ['486 Busy Here', 486],
    [0, null],
    [99, null],
    [700, null],
    ['4860', null],
    ['busy', null],
    [null, null],
  ])('%j is %j', (value, code) => {
    expect(readSipCode(value)).toBe(code);
  });
});

describe('seconds', () => {
  it.each([
    [0, 0],
    ['23', 23],
    [1.5, 1.5],
    [-1, null],
    ['00:23', null],
    [undefined, null],
  ])('%j are %j', (value, seconds) => {
    expect(readSeconds(value)).toBe(seconds);
  });
});
