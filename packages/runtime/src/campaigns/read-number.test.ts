import { describe, expect, it } from 'vitest';
import { createPersonOf } from './person.ts';
import { readNumber } from './read-number.ts';

describe('readNumber', () => {
  it.each([
    ['+6591234567', null, '+6591234567', 'SG'],
    [' +65 9123-4567 ', null, '+6591234567', 'SG'],
    ['9123 4567', 'SG', '+6591234567', 'SG'],
    ['9123 4567', 'sg', '+6591234567', 'SG'],
    ['0151 12345678', 'DE', '+4915112345678', 'DE'],
    ['(201) 555-0123', 'US', '+12015550123', 'US'],
    ['+49 (0)151 12345678', null, '+4915112345678', 'DE'],
    ['+6591234567', 'DE', '+6591234567', 'SG'],
  ])('reads %j with the country %j', (text, country, number, its) => {
    expect(readNumber(text, country)).toEqual({ number, country: its });
  });

  it.each([
    ['', 'SG'],
    ['9123 4567', null],
    ['9123 4567', 'XX'],
    ['+999123456789', null],
    ['+65 1', null],
    ['6.59123E+9', 'SG'],
    ['call Ann at +6591234567', null],
    ['+6591234567 ext. 12', null],
    ['tel:+6591234567', null],
    ['1'.repeat(1_000), 'SG'],
  ])('takes %j with the country %j for no number', (text, country) => {
    expect(readNumber(text, country)).toBeNull();
  });
});

describe('createPersonOf', () => {
  it('names the same number alike under one key, and no two keys alike', () => {
    const [one, other] = ['a'.repeat(32), 'b'.repeat(32)].map((key) => createPersonOf(key)('+6591234567'));
    expect(createPersonOf('a'.repeat(32))('+6591234567')).toBe(one);
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(other).not.toBe(one);
    expect(createPersonOf('a'.repeat(32))('+6591234568')).not.toBe(one);
  });
});
