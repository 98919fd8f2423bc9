import { ESC } from './terminal.ts';

const ESCAPES = new RegExp(`${ESC}\\[[0-9;]*m`, 'g');

/** Rows as columns that stand below each other, two spaces apart; colours don't count as width. Empty rows give an empty text. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function widthOf(cell: string): number {
  return [...cell.replace(ESCAPES, '')].length;
}
