import { describe, expect, it } from 'vitest';
import { textOf } from './language.ts';

describe('a text on a page', () => {
  it.each([
    ['en-US-BenjaminRUS', { lang: 'en-US', dir: 'ltr' }],
    ['ar-EG-Hoda', { lang: 'ar-EG', dir: 'rtl' }],
    ['he-IL-Asaf', { lang: 'he-IL', dir: 'rtl' }],
    ['fil-PH-AngeloNeural', { lang: 'fil-PH', dir: 'ltr' }],
    ['Joanna', { dir: 'auto' }],
    [null, { dir: 'auto' }],
  ])('has the language and the direction of its voice: %s', (voice, expected) => {
    expect(textOf(voice)).toEqual(expected);
  });
});
