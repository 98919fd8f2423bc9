import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresStore, createSqliteStore } from '../dist/store/index.js';
import { median } from './rounds.mjs';

const ROUNDS = Number(process.env.HOOKSWITCH_BENCH_ROUNDS ?? 15);
const FEW = Number(process.env.HOOKSWITCH_BENCH_CALLS ?? 5_000);
const TIMES = 10;
const HOUR = 3_600_000;
const BEGAN = Math.floor(1767268800000 / HOUR) * HOUR;
/** A week: each of its hours has calls. */
const HOURS = 168;
const SITES = 38;
const TOGETHER = 32;
const FOLD = 500;

export const title = `Insights of a week and ${SITES} sites, of ${FEW.toLocaleString('en')} calls and of ${(FEW * TIMES).toLocaleString('en')}: a look (ms), what counting adds to the end of a call, and the fold (ms a call)`;

/** Commits calls that are over, folds their counts by one server and by four, and looks at the counters. */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  const url = process.env.DATABASE_URL;
  const kinds = {
    SQLite: [(name) => createSqliteStore({ file: join(folder, `${name}.db`), synchronous: 'NORMAL' }), [1]],
    ...(url === undefined
      ? {}
      : {
          Postgres: [
            (name) => createPostgresStore({ connectionString: url, schema: `bench_insights_${name}`, statementTimeout: 20_000 }),
            [1, 4],
          ],
        }),
  };
  const rows = [];
  const json = {};
  try {
    for (const [kind, [create, servers]] of Object.entries(kinds))
      for (const count of servers) {
        const looks = [];
        for (const calls of [FEW, FEW * TIMES]) {
          const name = `${calls}_${count}_${randomUUID().slice(0, 8)}`;
          const stores = await Promise.all(Array.from({ length: count }, () => create(name)));
          for (const store of stores) await store.open();
          const plain = await timed(() => ended(stores, calls, false));
          const counted = await timed(() => ended(stores, calls, true));
          const folding = await timed(() => Promise.all(stores.map(foldAll)));
          const times = [];
          for (let round = 0; round <= ROUNDS; round++) {
            const took = await timed(() => stores[0].counts({ flow: 'support', since: BEGAN, until: BEGAN + HOURS * HOUR }));
            if (round > 0) times.push(took);
          }
          looks.push(median(times));
          rows.push({ store: kind, servers: count, calls, 'a look': median(times).toFixed(2), 'end of a call': (plain / calls).toFixed(3), 'with counts': (counted / calls).toFixed(3), fold: (folding / calls).toFixed(3) }); // prettier-ignore
          await Promise.all(stores.map((store) => store.close()));
        }
        json[`insights_look_${TIMES}_times_the_calls_${kind.toLowerCase()}_${count}`] = looks[1] / looks[0];
      }
    return { rows, json };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function foldAll(store) {
  for (let left = 3; left > 0;) left = (await store.foldCounts(FOLD)) > 0 ? 3 : left - 1;
}

async function ended(stores, calls, isCounted) {
  for (let from = 0; from < calls; from += TOGETHER)
    await Promise.all(
      Array.from({ length: Math.min(TOGETHER, calls - from) }, (_, index) => {
        const n = from + index;
        return stores[n % stores.length].commit({ call: callOf(n, isCounted), ...(isCounted ? { counts: countsOf(n) } : {}) });
      }),
    );
}

function callOf(n, counted) {
  const at = BEGAN + (n % HOURS) * HOUR;
  const id = `${counted ? 'counted' : 'plain'}-${n}`;
  return {
    ...{ id, subAccountId: 'acme', sessionId: `s-${id}`, flow: 'support', flowVersion: '1', direction: 'inbound', from: '+6591234567' },
    ...{ to: '+6531589338', status: 'ended', site: 'closed', lastSite: 'main', turn: 4, revision: 1, journalLength: 0, startedAt: at },
    ...{ seenAt: at, endedAt: at + 60_000, dueAt: null, clientRequestId: null, state: '{}', tags: {}, result: null, counted },
  };
}

/** What a call of six sites is counted by. */
function countsOf(n) {
  const counts = { '["calls"]': 1, '["ending","contained"]': 1, '["endedBy","flow"]': 1 };
  for (let step = 0; step < 6; step++) {
    const site = `site-${(n * 7 + step * 5) % SITES}`;
    for (const what of ['calls', 'entries', 'answers']) counts[`["site","${site}","${what}"]`] = 1;
    counts[`["time","${site}",${n % 12}]`] = 1;
    counts[`["arrow","${site}","${n % 3}","site-${(n * 7 + step * 5 + 5) % SITES}","answer"]`] = 1;
  }
  return {
    flow: 'support',
    version: '1',
    number: '+6531589338',
    hour: BEGAN + (n % HOURS) * HOUR,
    counts,
    series: ['["calls"]', '["ending","contained"]'],
  };
}

async function timed(task) {
  const began = performance.now();
  await task();
  return performance.now() - began;
}
