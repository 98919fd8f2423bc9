import { StoreDriverError } from '../../errors/store-driver-error.ts';
import type { Value } from '../call-row.ts';

/** What we use of a prepared statement of `node:sqlite`. */
export interface Statement {
  run(...values: Value[]): { readonly changes: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}

/** What we use of a database of `node:sqlite`. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** What we use of `node:sqlite`, and of a package with the same API. */
export interface SqliteDriver {
  readonly DatabaseSync: new (file: string, options?: { readonly readOnly?: boolean }) => Database;
}

/** The package that stands in where Node has no SQLite. */
const FALLBACK = '@photostructure/sqlite';

/** Whether a version of Node, e.g. `22.13.0`, has `node:sqlite` without a flag. */
export function hasOwnSqlite(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 ? major > 23 || minor >= 4 : major === 22 && minor >= 13;
}

/** Loads Node's own SQLite, or the package that stands in for it. Throws `StoreDriverError` where there is neither. */
export async function loadSqlite(version: string = process.versions.node): Promise<SqliteDriver> {
  const name: string = hasOwnSqlite(version) ? 'node:sqlite' : FALLBACK;
  try {
    return (await import(name)) as SqliteDriver;
  } catch (cause) {
    throw new StoreDriverError(
      'sqlite',
      name,
      `Run: npm install ${FALLBACK}, or use Node 22.13 or later, which has SQLite built in.`,
      cause,
    );
  }
}
