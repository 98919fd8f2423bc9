import { testPool } from './postgres.ts';
import type { StorePlace } from './store-place.ts';

const TABLES = ['calls', 'call_tags', 'signals', 'journal', 'turns', 'timeline', 'orphans', 'inbox'] as const;

/** Rows of each table. */
export type RowCounts = Readonly<Record<(typeof TABLES)[number], number>>;

interface Sqlite {
  readonly DatabaseSync: new (
    file: string,
    options: { readonly readOnly: boolean },
  ) => { prepare(sql: string): { get(): unknown }; close(): void };
}

/** Counts what a store holds, beside the server that uses it. */
export async function countRows({ url, postgres }: StorePlace): Promise<RowCounts> {
  const counts = (schema: string): string =>
    `SELECT ${TABLES.map((table) => `(SELECT count(*) FROM ${schema}${table}) AS ${table}`).join(', ')}`;
  if (postgres !== null) {
    const pool = testPool(url, 1);
    try {
      const { rows } = await pool.query<Record<string, string>>(counts('hookswitch.'));
      return numbers(rows[0] ?? {});
    } finally {
      await pool.end();
    }
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const driver = major > 22 || (major === 22 && minor >= 13) ? 'node:sqlite' : '@photostructure/sqlite';
  const { DatabaseSync } = (await import(driver)) as Sqlite;
  const database = new DatabaseSync(url.slice('sqlite:'.length), { readOnly: true });
  try {
    return numbers(database.prepare(counts('')).get() as Record<string, number>);
  } finally {
    database.close();
  }
}

function numbers(row: Readonly<Record<string, string | number>>): RowCounts {
  return Object.fromEntries(TABLES.map((table) => [table, Number(row[table])])) as RowCounts;
}
