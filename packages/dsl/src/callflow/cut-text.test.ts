import { test } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

const CHARACTERS = ['a', ' ', '7', 'é', 'e\u0301', '中', '🙂', '👩‍👩‍👧', '🇸🇬', '👍🏽', '❤️'];

describe('a text that is cut', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['longer than that', 6, 'longer…'],
    ['ab🙂cd', 3, 'ab…'],
    ['ab🙂cd', 4, 'ab🙂…'],
    ['👩‍👩‍👧👩‍👩‍👧', 9, '👩‍👩‍👧…'],
    ['🇸🇬🇸🇬', 6, '🇸🇬…'],
    ['cafe\u0301s', 4, 'caf…'],
  ])('%s at %i is %s', (text, most, cut) => {
    expect(cutText(text, most)).toBe(cut);
  });

  test.prop([fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 40 }), fc.nat(60)])('never ends within a character', (list, most) => {
    const cut = cutText(list.join(''), most).replace(/…$/, '');
    expect(cut.length).toBeLessThanOrEqual(Math.max(most, list.join('').length <= most ? most : 0));
    expect(list.some((_, count) => list.slice(0, count).join('') === cut) || list.join('') === cut).toBe(true);
  });
});
