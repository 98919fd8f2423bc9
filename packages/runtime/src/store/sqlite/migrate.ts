import { demandMigrated, missingMigrations, type SchemaState } from '../migrations/index.ts';
import type { Database } from './driver.ts';

const STATE = 'SELECT coalesce(max(version), 0) AS version, coalesce(max(oldest), 0) AS oldest FROM migrations';

/** Brings the file's schema up to date, in one transaction. Throws `StoreSchemaError` for a schema that this release can't serve. */
export function migrateSqlite(database: Database): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(`CREATE TABLE IF NOT EXISTS migrations (
      version INTEGER PRIMARY KEY, name TEXT NOT NULL, oldest INTEGER NOT NULL, applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    ) STRICT`);
    const missing = missingMigrations(database.prepare(STATE).get() as SchemaState);
    const note = database.prepare('INSERT INTO migrations (version, name, oldest) VALUES (?, ?, ?)');
    for (const { version, name, oldest, sqlite } of missing) {
      database.exec(sqlite);
      note.run(version, name, oldest);
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** A check that the schema is one that this release serves. Throws `StoreSchemaError`. */
export function schemaCheck(database: Database): () => void {
  if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").get() === undefined) {
    return () => demandMigrated({ version: 0, oldest: 0 });
  }
  const state = database.prepare(STATE);
  return () => demandMigrated(state.get() as SchemaState);
}
