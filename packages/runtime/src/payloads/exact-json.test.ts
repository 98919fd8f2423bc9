import { expect, it } from 'vitest';
import { parseExactJson } from './values.ts';

it.each<[string, string, unknown]>([
  ['ids beyond what a number can tell apart', '{"sessionId":9007199254740993}', { sessionId: '9007199254740993' }],
  ['their neighbours', '{"sessionId":9007199254740992}', { sessionId: '9007199254740992' }],
  ['negative ones, and those in lists', '[-9007199254740993,12345678901234567890]', ['-9007199254740993', '12345678901234567890']],
  ['digits in texts, and behind quotes in them', '{"a":"\\" 9007199254740993 ","b":1}', { a: '" 9007199254740993 ', b: 1 }],
  [
    'fractions and exponents',
    '[1234567890123456.5,1234567890123456e2,0.12345678901234567]',
    [1234567890123456.5, 123456789012345600, 0.12345678901234567],
  ],
  ['short numbers', '{"n":123456789012345}', { n: 123456789012345 }],
  ['a byte order mark', '\uFEFF{}', {}],
  ['what is no JSON', '{', undefined],
])('reads %s', (_what, text, expected) => {
  expect(parseExactJson(text)).toEqual(expected);
});
