import { describe, expect, it } from 'vitest';
import { formatTable } from './table.ts';

describe('formatTable', () => {
  it.each([
    [[], ''],
    [[['a', 'b']], 'a  b'],
    [
      [
        ['a', 'b'],
        ['long', ''],
      ],
      'a     b\nlong',
    ],
    [
      [
        ['\u001b[31mred\u001b[39m', 'x'],
        ['green', 'y'],
      ],
      '\u001b[31mred\u001b[39m    x\ngreen  y',
    ],
    [[['••', 'x'], ['a']], '••  x\na'],
  ])('stands columns below each other: %j', (rows, expected) => {
    expect(formatTable(rows)).toBe(expected);
  });
});
