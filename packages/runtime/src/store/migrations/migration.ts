/**
 * One step of the schema. Migrations only ever expand: they add tables, columns that may be empty, and indexes, so that servers of the release before
 * go on working beside servers that have migrated. What is no longer used is dropped two releases later.
 */
export interface Migration {
  /** From 1, without gaps; never changed once released. */
  readonly version: number;
  readonly name: string;
  /** The oldest release, by its last migration, that still works with the database once this has run. Expanding leaves it as it was. */
  readonly oldest: number;
  /** Statements for SQLite. */
  readonly sqlite: string;
  /** Statements for Postgres; `$schema` stands for the quoted name of the schema. */
  readonly postgres: string;
}
