import { describe, expect, it } from 'vitest';
import { asJsonObject, asNumber, asText, readFields } from './values.ts';

describe('a field', () => {
  it.each([{ callId: 'a' }, { CALLID: 'a' }, { call_id: 'a' }, { 'call-id': 'a' }, { 'Call Id': 'a' }, { callId: null, callid: 'a' }])(
    'is found in %j',
    (object) => {
      expect(readFields(object).value('callId')).toBe('a');
    },
  );

  it.each([{}, { callId: null }, { callId: undefined }, { xcallId: 'a' }, null])('is missing in %j', (object) => {
    expect(readFields(object).value('callId')).toBeUndefined();
  });

  it('of the first object that has a value wins', () => {
    expect(readFields({ a: null }, null, { A: 2 }, { a: 3 }).value('a')).toBe(2);
  });

  it('of a prototype is none', () => {
    const fields = readFields(Object.create({ callId: 'a' }) as Record<string, unknown>);
    expect([fields.value('callId'), fields.value('constructor'), fields.value('__proto__')]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['NO_ANSWER', 'NO_ANSWER'],
    ['no answer', 'NO_ANSWER'],
    ['NoAnswer', 'NO_ANSWER'],
    ['no-answer', 'NO_ANSWER'],
    [' Completed ', 'COMPLETED'],
    ['', null],
    [{}, null],
  ])('with the word %j is %j', (value, word) => {
    expect(readFields({ status: value }).word('status')).toBe(word);
  });
});

describe('a value', () => {
  it.each([
    [' a ', 'a'],
    [7, '7'],
    ['', null],
    ['null', null],
    ['undefined', null],
    [Number.NaN, null],
    [true, null],
    ['a\nb', null],
    ['\uD800', null],
    ['😀', '😀'],
    ['x'.repeat(256), 'x'.repeat(256)],
    ['x'.repeat(257), null],
    [' '.repeat(1_000_000), null],
  ])('case %#: as text', (value, text) => {
    expect(asText(value)).toBe(text);
  });

  it.each([
    [7, 7],
    ['7', 7],
    ['-2004', -2004],
    ['4.5', 4.5],
    ['1e3', null],
    ['0x10', null],
    ['7s', null],
    ['', null],
    [null, null],
    [Infinity, null],
    ['9'.repeat(400), null],
  ])('%j as number is %j', (value, number) => {
    expect(asNumber(value)).toBe(number);
  });

  it.each([
    [{ a: 1 }, { a: 1 }],
    ['{"a":1}', { a: 1 }],
    ['\uFEFF {"a":1}', { a: 1 }],
    ['{"a":', null],
    ['[1]', null],
    [[1], null],
    [null, null],
    [7, null],
  ])('%j as object is %j', (value, object) => {
    expect(asJsonObject(value)).toEqual(object);
  });
});
