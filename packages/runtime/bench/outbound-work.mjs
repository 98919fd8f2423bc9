import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPostgresStore, createSqliteStore } from '../dist/store/index.js';
import { openDatabase } from './database.mjs';
import { aClaim, BEGAN, fill, LANE, somebody, timed } from './outbound-campaign.mjs';

const TOGETHER = 16;
const TABLE = `CREATE TABLE bare (number INTEGER PRIMARY KEY, campaign TEXT NOT NULL, key TEXT NOT NULL, person TEXT NOT NULL, phone TEXT NOT NULL, zone TEXT NOT NULL,
  state TEXT NOT NULL, rank INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL, dials INTEGER NOT NULL, params TEXT NOT NULL, UNIQUE (campaign, key))`;

/** Whole cycles a second, and how much of their time each statement takes. */
export async function ours({ kind, file, url, schema }, count) {
  const store = kind === 'sqlite' ? createSqliteStore({ file }) : createPostgresStore({ connectionString: url, schema });
  await store.open();
  const { outbound } = store;
  await fill(outbound, 'spring', count);
  const parts = { pace: 0, claim: 0, dial: 0, end: 0 };
  const during = async (part, work) => {
    let result;
    parts[part] += await timed(async () => (result = await work()));
    return result;
  };
  let done = 0;
  const took = await timed(async () => {
    while (done < count) {
      const claimed = await during('claim', () => outbound.claim(aClaim('spring', TOGETHER), BEGAN));
      const { at, step } = await during('pace', () =>
        outbound.pace({ lane: LANE.id, campaign: 'spring', most: TOGETHER, horizon: 4_000 }, BEGAN),
      );
      // Those of a block go on side by side, and wait for one another: each part has its time.
      const looks = claimed.map(({ attempt }, index) => ({ attempt, worker: 'worker', permit: at + index * step, ...LOOK }));
      await during('dial', () => Promise.all(looks.map((look) => outbound.dial(look, BEGAN))));
      await during('end', () => Promise.all(claimed.map(({ attempt }) => outbound.end({ attempt, ...OVER }, BEGAN))));
      done += claimed.length;
    }
  });
  await store.close();
  return { perSecond: (count * 1_000) / took, parts: Object.fromEntries(Object.entries(parts).map(([part, ms]) => [part, ms / took])) };
}

const LOOK = { margin: 1_000, ring: 60_000, patience: 3_600_000, caps: [{ max: 3, per: 86_400_000 }] };
const OVER = { outcome: 'answered', next: null, maxDials: 4, maxAttempts: 20 };

/** Three commits for each of so many calls, of one row each, and nothing else: what no cycle can do without. */
export async function bareCycles({ kind, file, url, schema }, count) {
  if (kind === 'sqlite') {
    const database = await openDatabase(file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE calls (id INTEGER PRIMARY KEY, state TEXT NOT NULL)');
    const statements = [insert('?'), ...updates('?')].map((text) => database.prepare(text));
    const took = await timed(async () => {
      for (let id = 0; id < count; id++) for (const statement of statements) statement.run(id);
    });
    database.close();
    return { perSecond: (count * 1_000) / took };
  }
  const { Pool } = (await import('pg')).default;
  const pool = new Pool({ connectionString: url, max: TOGETHER, options: `-c search_path=${schema}` });
  await pool.query(`CREATE SCHEMA ${schema}`);
  await pool.query('CREATE TABLE calls (id integer PRIMARY KEY, state text NOT NULL)');
  let next = 0;
  const serve = async () => {
    while (next < count) {
      const id = next++;
      for (const text of [insert('$1'), ...updates('$1')]) await pool.query({ name: text, text, values: [id] });
    }
  };
  const took = await timed(() => Promise.all(Array.from({ length: TOGETHER }, serve)));
  await pool.end();
  return { perSecond: (count * 1_000) / took };
}

const insert = (id) => `INSERT INTO calls (id, state) VALUES (${id}, 'claimed')`;
const updates = (id) => ['dialled', 'ended'].map((state) => `UPDATE calls SET state = '${state}' WHERE id = ${id}`);

/** Rows of a CSV file a second, in a process of its own, so that its memory is known. */
export async function oursImport(where, count) {
  const child = new URL('./import-child.mjs', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [child, JSON.stringify(where), String(count)], { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

/** The same rows in one transaction, or by one COPY from a file, into a table with no index but that of its keys. */
export async function bareImport({ kind, file, url, schema }, count) {
  const columns = (n) => {
    const { key, person, phone, zone, dueAt, params } = somebody(n);
    return [n, 'spring', key, person, phone, zone, 'waiting', 1, dueAt, 0, 0, params];
  };
  if (kind === 'sqlite') {
    const database = await openDatabase(file);
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${TABLE}`);
    const statement = database.prepare(`INSERT INTO bare VALUES (${Array(12).fill('?').join(', ')})`);
    const took = await timed(async () => {
      database.exec('BEGIN');
      for (let n = 0; n < count; n++) statement.run(...columns(n));
      database.exec('COMMIT');
    });
    database.close();
    return { perSecond: (count * 1_000) / took };
  }
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${TABLE.replaceAll('INTEGER', 'bigint')}`);
  const path = join(tmpdir(), `hookswitch-bench-${schema}.tsv`);
  for (let first = 0; first < count; first += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, count - first) }, (_, index) => `${columns(first + index).join('\t')}\n`);
    writeFileSync(path, lines.join(''), { flag: first === 0 ? 'w' : 'a', mode: 0o644 });
  }
  try {
    const took = await timed(() => client.query(`COPY bare FROM '${path}'`));
    return { perSecond: (count * 1_000) / took };
  } finally {
    rmSync(path);
    await client.end();
  }
}
