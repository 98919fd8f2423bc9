import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffTexts, diffWords } from './word-diff.ts';

const text = (parts: ReturnType<typeof diffWords>, side: 'then' | 'now'): string =>
  parts
    .filter((part) => part.in === 'both' || part.in === side)
    .map((part) => part.text)
    .join('');

describe('two texts, word by word', () => {
  it.each([
    ['a word', 'For bills press 1.', 'For invoices press 1.', ['For ', '-bills', '+invoices', ' press 1.']],
    ['nothing', 'Hello.', 'Hello.', ['Hello.']],
    ['all of it', '', 'Hello.', ['+Hello.']],
    ['a word of a language without blanks', '請按一', '請按二', ['請按', '-一', '+二']],
  ])('differ in %s', (_, then, now, expected) => {
    const sign = { both: '', then: '-', now: '+' };
    expect(diffWords(then, now).map((part) => `${sign[part.in]}${part.text}`)).toEqual(expected);
  });

  it('are both there in full, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (then, now) => {
        const parts = diffWords(then, now);
        expect([text(parts, 'then'), text(parts, 'now')]).toEqual([then, now]);
      }),
    );
  });

  it('stand beside each other where more was said', () => {
    const lines = diffTexts(['Welcome.', 'Press 1.'], ['We are closed.', 'Welcome.', 'Press 2.']);
    expect(lines.map((parts) => [text(parts, 'then'), text(parts, 'now')])).toEqual([
      ['', 'We are closed.'],
      ['Welcome.', 'Welcome.'],
      ['Press 1.', 'Press 2.'],
    ]);
  });

  it('that have nothing in common are not looked through for ever', () => {
    const [then, now] = [Array(2_000).fill('one').join(' '), Array.from({ length: 2_000 }, (_, n) => `two${n}`).join(' ')];
    expect(diffWords(then, now).map((part) => part.in)).toEqual(['then', 'now']);
  });
});
