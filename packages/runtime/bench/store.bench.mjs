import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore, createPostgresStore, createSqliteStore } from '../dist/store/index.js';
import { openDatabase } from './database.mjs';

const ROUNDS = Number(process.env.HOOKSWITCH_BENCH_ROUNDS ?? 3);
const TURNS = Number(process.env.HOOKSWITCH_BENCH_TURNS ?? 6000);
const CALLS = 500;
const EVENT = JSON.stringify({ eventType: 'CALL_ACTION', payload: 'e'.repeat(800) });
const ANSWER = JSON.stringify({ clientActionId: 'main.1', callflow: 'a'.repeat(650) });
const STATE = JSON.stringify({ lease: null, rest: 's'.repeat(350) });
const ENTRY = JSON.stringify({ site: 'main', at: 1767268800000, value: '1' });

export const title = 'Turns per second of the stores alone: a look for a duplicate, the call, a journal row, the turn and its answer';

const variants = {
  'hand-written FULL, 1 at a time': () => handWritten('FULL'),
  'SQLite FULL, 1 at a time': () => ours(1, sqlite('FULL')),
  'SQLite FULL, 24 at once': () => ours(24, sqlite('FULL')),
  'hand-written NORMAL, 1 at a time': () => handWritten('NORMAL'),
  'SQLite NORMAL, 1 at a time': () => ours(1, sqlite('NORMAL')),
  'SQLite NORMAL, 24 at once': () => ours(24, sqlite('NORMAL')),
  'memory, 24 at once': () => ours(24, () => createMemoryStore()),
  ...(process.env.DATABASE_URL === undefined
    ? {}
    : {
        'Postgres, 16 at once': () => ours(16, postgres({ maxConnections: 16 })),
        'Postgres, 16 at once, prepared': () => ours(16, postgres({ maxConnections: 16, preparedStatements: true })),
      }),
};

/** Runs all variants in turn, round by round, and gives the table's rows and the JSON figures (medians of the rounds). */
export async function measure() {
  const results = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) for (const [name, run] of Object.entries(variants)) results[name].push(await run());
  const baseOf = (name) => results[`hand-written ${name.includes('NORMAL') ? 'NORMAL' : 'FULL'}, 1 at a time`];
  const ratio = (name) => median(results[name].map((perSecond, round) => perSecond / baseOf(name)[round]));
  return {
    rows: Object.keys(variants).map((store) => ({
      store,
      'turns/s': Math.round(median(results[store])),
      'of the hand-written one': ratio(store).toFixed(2),
    })),
    json: {
      store_turns_vs_hand_written: ratio('SQLite FULL, 24 at once'),
      store_turns_vs_hand_written_normal: ratio('SQLite NORMAL, 24 at once'),
    },
  };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const sqlite = (synchronous) => (folder) => createSqliteStore({ file: join(folder, 'calls.db'), synchronous });
const postgres = (options) => () =>
  createPostgresStore({ connectionString: process.env.DATABASE_URL, schema: `bench_${randomUUID().replaceAll('-', '')}`, ...options });

/** Turns/s of one of our stores, `concurrency` calls being served at once. */
async function ours(concurrency, create) {
  return inFolder(async (folder) => {
    const store = create(folder);
    await store.open();
    const calls = Array.from({ length: CALLS }, newCall);
    await Promise.all(calls.map((call) => store.commit({ call })));
    let taken = 0;
    const perSecond = await timed(async () => {
      await Promise.all(Array.from({ length: concurrency }, serve));
    });
    await store.close();
    return perSecond;

    async function serve() {
      while (taken < TURNS) {
        const index = taken++ % CALLS;
        const now = 1767268800000 + taken * 5;
        const call = calls[index];
        const turn = call.turn + 1;
        if ((await store.turn(call.id, turn)) !== null) throw new TypeError('a duplicate');
        calls[index] = { ...call, turn, revision: call.revision + 1, journalLength: turn + 1, seenAt: now, dueAt: now + 7_200_000 };
        const outcome = await store.commit({
          call: calls[index],
          journal: [{ index: turn, data: ENTRY }],
          turn: { turn, eventId: randomUUID(), event: EVENT, answer: ANSWER, at: now },
        });
        if (outcome !== 'committed') throw new TypeError('a conflict');
      }
    }
  });
}

function newCall() {
  const now = 1767268800000;
  const id = randomUUID();
  return {
    ...{ id, subAccountId: 'acme', sessionId: randomUUID(), flow: 'support', flowVersion: '1', direction: 'inbound', from: '+6591234567' },
    ...{ to: '+6531589338', status: 'live', site: 'main', turn: -1, revision: 1, journalLength: 0, startedAt: now, seenAt: now },
    ...{ endedAt: null, dueAt: now + 7_200_000, clientRequestId: null, lastSite: null, state: STATE, tags: {}, result: null },
  };
}

/** What somebody writes who does the same durable job by hand: duplicate check, session row, stored answer, one transaction per webhook. */
function handWritten(synchronous) {
  return inFolder(async (folder) => {
    const database = await openDatabase(join(folder, 'calls.db'));
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
      CREATE TABLE sessions (id TEXT PRIMARY KEY, state TEXT NOT NULL, turn INTEGER NOT NULL, seen_at INTEGER NOT NULL);
      CREATE TABLE answers (session TEXT NOT NULL, turn INTEGER NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (session, turn))`);
    const [begin, commit] = [database.prepare('BEGIN IMMEDIATE'), database.prepare('COMMIT')];
    const find = database.prepare('SELECT answer FROM answers WHERE session = ? AND turn = ?');
    const save = database.prepare(`INSERT INTO sessions VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, turn = excluded.turn, seen_at = excluded.seen_at`);
    const answer = database.prepare('INSERT INTO answers VALUES (?, ?, ?)');
    const sessions = Array.from({ length: CALLS }, () => randomUUID());
    const perSecond = await timed(async () => {
      for (let taken = 0; taken < TURNS; taken++) {
        const [session, turn] = [sessions[taken % CALLS], Math.floor(taken / CALLS)];
        begin.run();
        find.get(session, turn);
        save.run(session, STATE, turn, 1767268800000 + taken);
        answer.run(session, turn, ANSWER);
        commit.run();
      }
    });
    database.close();
    return perSecond;
  });
}

async function timed(work) {
  const began = process.hrtime.bigint();
  await work();
  return (TURNS * 1e9) / Number(process.hrtime.bigint() - began);
}

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { rows, json } = await measure();
  console.log(title);
  console.table(rows);
  console.log(JSON.stringify(json));
}
