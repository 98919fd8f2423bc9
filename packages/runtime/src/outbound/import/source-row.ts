/** What is wrong with a row: a word by which such rows are counted. */
export type RowFault = 'columns' | 'country' | 'json' | 'key' | 'number' | 'params' | 'quote' | 'time' | 'zone';

/** What is wrong with a row, and where. */
export interface RowProblem {
  readonly line: number;
  /** Name of the column; null for the row as a whole. */
  readonly column: string | null;
  readonly fault: RowFault;
  /** What stands there, masked; null where there is nothing. */
  readonly value: string | null;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** Somebody to call, as a source says it. All but `number` may be left out. */
export interface SourceRow {
  readonly line: number;
  readonly key: string | null;
  readonly number: string;
  readonly zone: string | null;
  /** Two letters. */
  readonly country: string | null;
  /** RFC 3339. */
  readonly notBefore: string | null;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A row that was read, or what is wrong with it: one or several things. */
export type ReadRow = SourceRow | readonly RowProblem[];

export function isProblems(row: ReadRow): row is readonly RowProblem[] {
  return Array.isArray(row);
}
