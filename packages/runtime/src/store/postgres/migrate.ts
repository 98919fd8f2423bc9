import { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { demandMigrated, missingMigrations, type SchemaState } from '../migrations/index.ts';
import type { PostgresConnections, RunInTransaction } from './connections.ts';

/** Milliseconds that migrations may take, another server's included. */
const TIMEOUT = 60_000;

const NOTHING: SchemaState = { version: 0, oldest: 0 };

/** The query for a schema's state; `schema` is quoted. */
export function schemaStateQuery(schema: string): string {
  return `SELECT coalesce(max(version), 0) AS version, coalesce(max(oldest), 0) AS oldest FROM ${schema}.migrations`;
}

/**
 * Brings the schema up to date, in one transaction under an advisory lock, so that of several servers that start at once one migrates and the others wait.
 * A server that finds everything in place needs no rights to change it. Throws `StoreSchemaError` for a schema that this release can't serve,
 * `StoreUnavailableError` for a database that can't keep every text.
 */
export async function migratePostgres(connections: PostgresConnections, schema: string): Promise<void> {
  const known = await connections.query<{ known: string; encoding: string }>({
    operation: 'open',
    rare: true,
    text: "SELECT (to_regclass($1) IS NOT NULL)::text AS known, current_setting('server_encoding') AS encoding",
    values: [`${schema}.migrations`],
  });
  demandEncoding(known[0]?.encoding);
  const state =
    known[0]?.known === 'true'
      ? await connections.query<SchemaState>({ operation: 'open', rare: true, text: schemaStateQuery(schema) })
      : [];
  if (missingMigrations(state[0] ?? NOTHING).length === 0) return;
  await connections.transaction('open', TIMEOUT, (run) => migrate(run, schema));
}

/** In another encoding the first name that it lacks would make a commit fail, with its caller on the line. */
function demandEncoding(encoding = 'UTF8'): void {
  if (encoding === 'UTF8') return;
  const detail = `server_encoding ${encoding}`;
  throw new StoreUnavailableError({ store: 'postgres', operation: 'open', reason: 'encoding', outcome: 'unchanged', detail });
}

async function migrate(run: RunInTransaction, schema: string): Promise<void> {
  await run("SELECT pg_advisory_xact_lock(hashtextextended('hookswitch migrations of ' || $1, 0))", [schema]);
  const present = await run<{ present: string }>('SELECT (to_regnamespace($1) IS NOT NULL)::text AS present', [schema]);
  // IF NOT EXISTS alone would demand the right to make schemas of somebody for whom one was made.
  if (present[0]?.present !== 'true') await run(`CREATE SCHEMA ${schema}`);
  await run(`CREATE TABLE IF NOT EXISTS ${schema}.migrations (
    version integer PRIMARY KEY, name text NOT NULL, oldest integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
  )`);
  const state = await run<SchemaState>(schemaStateQuery(schema));
  for (const { version, name, oldest, postgres } of missingMigrations(state[0] ?? NOTHING)) {
    await run(postgres.replaceAll('$schema', () => schema));
    await run(`INSERT INTO ${schema}.migrations (version, name, oldest) VALUES ($1, $2, $3)`, [version, name, oldest]);
  }
}

/** Throws `StoreSchemaError` unless the state of a schema is one that this release serves. */
export function demandState(rows: readonly SchemaState[]): void {
  demandMigrated(rows[0] ?? NOTHING);
}
