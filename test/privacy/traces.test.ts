import { describe, expect, it } from 'vitest';
import { TraceSearch } from './traces.ts';

const DIGITS = '830492756104';
const found = (content: string | Buffer): boolean => {
  const search = new TraceSearch([{ name: 'pin', digits: DIGITS }]);
  search.look('a text', content);
  return search.found.length > 0;
};

describe('a search for traces', () => {
  it.each([
    ['plain', `the PIN is ${DIGITS}.`],
    ['cut off', `${DIGITS.slice(0, 10)}…`],
    ['spoken', 'You keyed in 8, 3, 0, 4, 9, 2, 7, 5, 6, 1, 0, 4.'],
    ['as a list', JSON.stringify([...DIGITS])],
    ['in groups', '8304 9275 6104'],
    ['escaped', '\\u0038\\u0033\\u0030\\u0034\\u0039\\u0032\\u0037\\u0035\\u0036\\u0031\\u0030\\u0034'],
    ['in base64', Buffer.from(`{"dtmf":"${DIGITS}"}`).toString('base64')],
    ['in base64, elsewhere', Buffer.from(`{"dtmf": "${DIGITS}"}`).toString('base64')],
    ['in hexadecimal', Buffer.from(`x${DIGITS}`).toString('hex')],
    ['in a file', Buffer.from(`\u0000\u0001${DIGITS}`, 'utf16le')],
    ['masked like a number', '83••••04'],
  ])('finds digits that are %s', (_how, content) => expect(found(content)).toBe(true));

  it('finds nothing where nothing is', () => {
    expect(found(`•••••••••••• ${DIGITS.slice(0, 6)} 2026-01-05T03:00:00.000Z`)).toBe(false);
  });
});
