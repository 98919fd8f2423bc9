import { describe, expect, it } from 'vitest';
import { mergeLabels } from './merge-labels.ts';

const keys = [...'1234567890*#', 'silence'];

describe('mergeLabels', () => {
  it.each([
    ['one key', ['1'], '1'],
    ['two keys in a row', ['2', '1'], '1, 2'],
    ['a range', ['3', '1', '2'], '1–3'],
    ['ranges and the rest, in the order of the keypad', ['silence', '0', '9', '8', '7', '2', '*'], '2, 7–9, 0, *, silence'],
    ['all there are', keys, 'any'],
    ['all but one', keys.slice(0, -1), 'any but silence'],
    ['labels that come twice', ['1', '1'], '1'],
    ['a case, and a special one of it', ['valid', 'valid, the lowest', 'silence'], 'valid, silence'],
    ['a special case alone', ['valid, the lowest'], 'valid, the lowest'],
    ['nothing', [''], ''],
  ])('writes %s', (_, labels, written) => {
    expect(mergeLabels(labels, keys).join(', ')).toBe(written);
  });

  it('does not call two of two answers any', () => {
    expect(mergeLabels(['done', 'fails'], ['done', 'fails'])).toEqual(['done', 'fails']);
  });
});
