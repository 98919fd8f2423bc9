import type { Query } from './call-row.ts';
import type { OverrideChange, OverrideRow, Overrides } from './override-row.ts';
import { fromStored, fromStoredOrNull, toStored, toStoredOrNull } from './stored-text.ts';

/** A row of `overrides`, or, where `name` is null, only the revision. */
export interface StoredOverrideRow {
  readonly revision: number;
  readonly scope: string | null;
  readonly name: string | null;
  readonly value: string;
  readonly starts_at: number | null;
  readonly ends_at: number | null;
  readonly at: number;
  readonly label: string;
  readonly reason: string | null;
  readonly version: number;
}

const COLUMNS = ['scope', 'name', 'value', 'starts_at', 'ends_at', 'at', 'label', 'reason', 'version'] as const;

/** What SQLite and Postgres keep overrides with, in the words that both share. `table` names the tables. */
export function overrideQueries(table: (name: string) => string) {
  const kept = table('overrides');
  const state = table('overrides_state');
  return {
    /** All rows, each with the revision; one with nulls where there is none. */
    all: (): Query => ({
      text: `SELECT state.revision, ${COLUMNS.map((name) => `kept.${name}`).join(', ')} FROM ${state} AS state LEFT JOIN ${kept} AS kept ON TRUE ORDER BY kept.scope, kept.name`,
      values: [],
    }),
    versionOf: ({ scope, name }: OverrideChange): Query => ({
      text: `SELECT version FROM ${kept} WHERE scope = $1 AND name = $2`,
      values: [toStored(scope), toStored(name)],
    }),
    remove: ({ scope, name }: OverrideChange): Query => ({
      text: `DELETE FROM ${kept} WHERE scope = $1 AND name = $2`,
      values: [toStored(scope), toStored(name)],
    }),
    insert: ({ scope, name }: OverrideChange, to: NonNullable<OverrideChange['to']>, version: number): Query => ({
      text: `INSERT INTO ${kept} (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})`,
      values: [
        toStored(scope),
        toStored(name),
        toStored(to.value),
        to.startsAt,
        to.endsAt,
        to.at,
        toStored(to.label),
        toStoredOrNull(to.reason),
        version,
      ],
    }),
    /** Returns the new revision. The first to run it makes all others wait. */
    grow: (): Query => ({ text: `UPDATE ${state} SET revision = revision + 1 RETURNING revision`, values: [] }),
    revision: (): Query => ({ text: `SELECT revision FROM ${state}`, values: [] }),
  };
}

/** The overrides that the rows of `all` hold. */
export function toOverrides(rows: readonly StoredOverrideRow[]): Overrides {
  return { revision: rows[0]?.revision ?? 0, rows: rows.flatMap((row) => (row.name === null ? [] : [toOverride(row)])) };
}

function toOverride(row: StoredOverrideRow): OverrideRow {
  return {
    scope: fromStored(row.scope ?? ''),
    name: fromStored(row.name ?? ''),
    value: fromStored(row.value),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    at: row.at,
    label: fromStored(row.label),
    reason: fromStoredOrNull(row.reason),
    version: row.version,
  };
}
