import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fromStored, fromStoredOrNull, SEPARATOR, splitStored, toStored, toStoredOrNull } from './stored-text.ts';

/** Any text, with a taste for the characters that are escaped. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom('\u0000', '\u0001', SEPARATOR, '0', '1', '2', 'a')).map((signs) => signs.join('')),
);

describe('stored texts', () => {
  test.prop([text])('are read as they were written', (original) => {
    expect(fromStored(toStored(original))).toBe(original);
  });

  test.prop([text])('hold neither U+0000 nor the separator', (original) => {
    expect(toStored(original)).not.toMatch(new RegExp(`\\u0000|${SEPARATOR}`));
  });

  test.prop([fc.array(text, { minLength: 1 })])('come apart again where they were joined', (originals) => {
    expect(splitStored(originals.map(toStored).join(SEPARATOR))).toEqual(originals);
  });

  test.prop([fc.json()])('are JSON as it is', (json) => {
    expect(toStored(json)).toBe(json);
  });

  it('are none where there is none', () => {
    expect([splitStored(null), toStoredOrNull(null), fromStoredOrNull(null)]).toEqual([[], null, null]);
  });
});
