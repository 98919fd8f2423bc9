import type { Value } from '../call-row.ts';
import type { TimelineRow } from '../store.ts';
import { toStored } from '../stored-text.ts';

/** A statement and its parameters, of which some may be whole columns. */
export interface Statement {
  readonly text: string;
  readonly values: readonly (Value | readonly Value[])[];
}

/** What to do about a call whose row somebody else has locked: leave its change out, or wait. */
export type Locked = 'skip' | 'wait';

/** A column of a table of parameters: its name, its type, its values. */
export type Column = readonly [name: string, type: string, values: readonly Value[]];

/** Parameters of a statement that is being written. */
export class Parameters {
  readonly values: (Value | readonly Value[])[] = [];

  add(value: Value | readonly Value[]): string {
    return `$${this.values.push(value)}`;
  }

  /** Columns as a table of that name, in which `place` counts the rows from 1. A single row is written out, which costs Postgres less than arrays. */
  table(name: string, columns: readonly Column[]): string {
    if (columns[0]?.[2].length === 1) {
      const values = columns.map(([column, type, [value = null]]) => `${this.add(value)}::${type} AS ${column}`);
      return `(SELECT ${values.join(', ')}, 1 AS place) AS ${name}`;
    }
    const arrays = columns.map(([, type, values]) => `${this.add(values)}::${type}[]`);
    return `unnest(${arrays.join(', ')}) WITH ORDINALITY AS ${name} (${columns.map(([column]) => column).join(', ')}, place)`;
  }
}

/** Rows of a timeline as columns. */
export function timelineColumns(rows: readonly TimelineRow[]): Column[] {
  return [
    ['at', 'bigint', rows.map(({ at }) => at)],
    ['kind', 'text', rows.map(({ kind }) => toStored(kind))],
    ['data', 'text', rows.map(({ data }) => toStored(data))],
  ];
}
