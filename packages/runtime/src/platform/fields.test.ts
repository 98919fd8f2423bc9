import { describe, expect, it } from 'vitest';
import { booleanField, field, numberField, textField, without } from './fields.ts';

describe('field', () => {
  it('prefers the exact spelling and takes any case', () => {
    expect(field({ sessionid: 'b', sessionId: 'a' }, 'sessionId')).toBe('a');
    expect(field({ SESSIONID: 'c' }, 'sessionId')).toBe('c');
  });

  it('passes over null for another name of the same thing', () => {
    expect(field({ enabled: null, active: true }, 'enabled', 'active')).toBe(true);
  });

  it('sees own fields only', () => {
    expect(field({}, 'constructor', 'toString')).toBeUndefined();
  });
});

describe('typed fields', () => {
  it.each([
    [textField({ a: 'x' }, 'a'), 'x'],
    [textField({ a: 6512345678 }, 'a'), '6512345678'],
    [textField({ a: '' }, 'a'), null],
    [textField({ a: true }, 'a'), null],
    [numberField({ a: '-1013' }, 'a'), -1013],
    [numberField({ a: ' ' }, 'a'), null],
    [numberField({ a: 'many' }, 'a'), null],
    [booleanField({ a: 'TRUE' }, 'a'), true],
    [booleanField({ a: 'false' }, 'a'), false],
    [booleanField({ a: 'maybe' }, 'a'), null],
    [booleanField({ a: 1 }, 'a'), null],
  ])('reads %j as %j', (read, expected) => {
    expect(read).toBe(expected);
  });
});

describe('without', () => {
  it('drops fields in any case', () => {
    expect(without({ Password: 'x', host: 'y' }, 'password')).toEqual({ host: 'y' });
  });
});
