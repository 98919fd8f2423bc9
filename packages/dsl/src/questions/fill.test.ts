import { describe, expect, it } from 'vitest';
import type { Text } from '../flow/text.ts';
import { fill } from './fill.ts';

describe('a slot in a text', () => {
  it.each<[Text, Text, Text]>([
    ['You entered {it}.', '1, 2', 'You entered 1, 2.'],
    ['{it}? Really {it}?', '$&', '$&? Really $&?'],
    ['{it}!', { en: 'one', de: 'eins' }, { en: 'one!', de: 'eins!' }],
    [{ en: 'It is {it}.', de: 'Es ist {it}.' }, '1', { en: 'It is 1.', de: 'Es ist 1.' }],
    [
      { en: 'It is {it}.', de: 'Es ist {it}.' },
      { en: 'one', de: 'eins' },
      { en: 'It is one.', de: 'Es ist eins.' },
    ],
    ['No slot.', { en: 'one' }, 'No slot.'],
  ])('of %j is filled with %j', (text, value, filled) => {
    expect(fill(text, 'it', value)).toEqual(filled);
  });

  it('leaves out a language that it can not fill, and keeps one that has no slot', () => {
    expect(fill({ en: '{it}', de: '{it}', fr: 'Non.' }, 'it', { en: 'one' })).toEqual({ en: 'one', fr: 'Non.' });
  });
});
