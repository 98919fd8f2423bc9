import { describe, expect, it } from 'vitest';
import { ESC } from './terminal.ts';
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
        [`${ESC}[31mred${ESC}[39m`, 'x'],
        ['green', 'y'],
      ],
      `${ESC}[31mred${ESC}[39m    x\ngreen  y`,
    ],
    [[['••', 'x'], ['a']], '••  x\na'],
  ])('stands columns below each other: %j', (rows, expected) => {
    expect(formatTable(rows)).toBe(expected);
  });
});
