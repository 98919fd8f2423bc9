import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, textWidth, wrapText } from './text-box.ts';

describe('wrapText', () => {
  it('breaks between words and ends in … what does not fit', () => {
    expect(wrapText('For billing press 1, for an agent press 2, or wait.', 10, 100, 2)).toEqual([
      'For billing press 1,',
      'for an agent press…',
    ]);
  });

  it('breaks a text without spaces anywhere', () => {
    expect(wrapText('按一查询账单按二转接客服', 10, 60, 2)).toEqual(['按一查询账单', '按二转接客服']);
  });

  it('gives no line for nothing', () => {
    expect(wrapText(' \n ', 10, 100, 2)).toEqual([]);
  });

  it('keeps every line inside of its width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 40, max: 300 }), (text, width) => {
        const lines = wrapText(text, 10, width, 3);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('cutText', () => {
  it('leaves a short text alone', () => {
    expect(cutText('main', 10, 100)).toBe('main');
  });

  it('marks what is cut', () => {
    expect(cutText('a-very-long-name-of-a-site', 10, 60)).toBe('a-very-lon…');
  });
});
