// How the fixtures were made: `node --import tsx test/upgrade/make-fixtures.ts FOLDER`. FOLDER is a clone of the release before with its packages built:
//
//   git worktree add FOLDER COMMIT && cd FOLDER && npm ci --ignore-scripts && npm run build
//
// Its server plays the calls of old-server.ts on SQLite and on Postgres, and is killed in the middle of them. What is there is then written to fixtures/.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { tsconfigOf } from '../support/built.ts';
import { startPostgres } from '../support/postgres.ts';
import { makeStorePlace } from '../support/store-place.ts';
import { POSTGRES_FIXTURE, SQLITE_FIXTURE } from './fixtures.ts';

const folder = resolve(process.argv[2] ?? '');
const TABLES = ['calls', 'journal', 'turns', 'timeline', 'orphans'] as const;
const COUNTED = ['calls', 'timeline'] as const;

interface OldMigration {
  readonly version: number;
  readonly name: string;
  readonly oldest: number;
  readonly postgres: string;
}

async function play(store: string): Promise<void> {
  const main = fileURLToPath(new URL('old-server.ts', import.meta.url));
  // Packages are found as Node finds them, from where the importing file is: those of that folder, not our sources.
  const env = { ...process.env, TSX_TSCONFIG_PATH: tsconfigOf(true) };
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, folder, store], { stdio: 'inherit', env });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new TypeError(`the server ended with ${code ?? signal}`);
}

/** The database in one file, without the room that it does not need. */
async function writeSqlite(): Promise<void> {
  const place = await makeStorePlace('sqlite');
  const file = place.url.replace('sqlite:', '');
  await play(place.url);
  const { DatabaseSync } = await import('@photostructure/sqlite');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = DELETE; VACUUM;');
  db.close();
  copyFileSync(file, SQLITE_FIXTURE);
  await place.remove();
}

function literal(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `'${String(value).replaceAll("'", "''")}'`;
}

async function writePostgres(): Promise<void> {
  const postgres = await startPostgres();
  await play(postgres.connectionString);
  const migrations = pathToFileURL(join(folder, 'packages/runtime/dist/store/migrations/index.js')).href;
  const { MIGRATIONS } = (await import(migrations)) as { MIGRATIONS: readonly OldMigration[] };
  const client = new pg.Client({ connectionString: postgres.connectionString });
  await client.connect();
  const lines = [
    'CREATE SCHEMA hookswitch;',
    'CREATE TABLE hookswitch.migrations (version integer PRIMARY KEY, name text NOT NULL, oldest integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());',
  ];
  for (const { version, name, oldest, postgres: text } of MIGRATIONS)
    lines.push(
      text.replaceAll('$schema', 'hookswitch').replace(/SET LOCAL [^;]*;/, ''),
      `INSERT INTO hookswitch.migrations (version, name, oldest) VALUES (${version}, ${literal(name)}, ${oldest});`,
    );
  for (const table of TABLES) {
    const { rows, fields } = await client.query<Record<string, unknown>>(`SELECT * FROM hookswitch.${table}`);
    const names = fields.map(({ name }) => name);
    for (const row of rows)
      lines.push(
        `INSERT INTO hookswitch.${table} (${names.join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${names.map((name) => literal(row[name])).join(', ')});`,
      );
  }
  for (const table of COUNTED)
    lines.push(`SELECT setval(pg_get_serial_sequence('hookswitch.${table}', 'number'), (SELECT max(number) FROM hookswitch.${table}));`);
  await client.end();
  await postgres.stop();
  writeFileSync(POSTGRES_FIXTURE, `${lines.join('\n')}\n`);
}

await writeSqlite();
await writePostgres();
