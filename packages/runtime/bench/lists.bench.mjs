import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresStore, createSqliteStore } from '../dist/store/index.js';
import { median, spread } from './rounds.mjs';

const ROUNDS = Number(process.env.HOOKSWITCH_BENCH_ROUNDS ?? 15);
const FEW = Number(process.env.HOOKSWITCH_BENCH_CALLS ?? 20_000);
const TIMES = 10;
const BEGAN = 1767268800000;

export const title = `A page of 50 calls, found by tags, among ${FEW.toLocaleString('en')} calls and among ${(FEW * TIMES).toLocaleString('en')} (ms)`;

const BILLING = { name: 'reason', compare: '=', value: 'billing' };
const GOLD = { name: 'plan', compare: '=', value: 'gold' };

/** What is asked for: no tag; one call in two, in a thousand, one in all; amounts; two tags; with a flow, too. */
const QUESTIONS = {
  'no condition': {},
  'reason=billing (every second call)': { tags: [BILLING] },
  'plan=gold (one in 1,000)': { tags: [GOLD] },
  'order=… (one call)': { tags: [{ name: 'order', compare: '=', value: 'A7' }] },
  'order=… (none)': { tags: [{ name: 'order', compare: '=', value: 'nowhere' }] },
  'amount>=990 (1 %)': { tags: [{ name: 'amount', compare: '>=', value: '990' }] },
  'plan=gold and reason=billing': { tags: [GOLD, BILLING] },
  'reason=billing and plan=gold': { tags: [BILLING, GOLD] },
  'flow and reason=billing': { flow: 'support', tags: [BILLING] },
};

/** Asks each question of both stores in turn, round by round. */
export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'));
  const url = process.env.DATABASE_URL;
  const kinds = {
    SQLite: (name) => createSqliteStore({ file: join(folder, `${name}.db`), synchronous: 'NORMAL' }),
    ...(url === undefined ? {} : { Postgres: (name) => createPostgresStore({ connectionString: url, schema: `bench_lists_${name}` }) }),
  };
  try {
    const rows = [];
    const json = {};
    for (const [kind, create] of Object.entries(kinds)) {
      const suffix = randomUUID().slice(0, 8);
      const stores = await Promise.all([FEW, FEW * TIMES].map(async (calls) => filled(create(`${calls}_${suffix}`), calls)));
      const results = Object.fromEntries(Object.keys(QUESTIONS).map((question) => [question, stores.map(() => [])]));
      for (let round = 0; round <= ROUNDS; round++)
        for (const [question, filter] of Object.entries(QUESTIONS))
          for (const [index, store] of stores.entries()) {
            const took = await timed(() => store.list({ ...filter, limit: 50 }));
            // The first one prepares statements and reads pages.
            if (round > 0) results[question][index].push(took);
          }
      for (const [question, [few, many]] of Object.entries(results))
        rows.push({ store: kind, question, few: median(few).toFixed(2), many: median(many).toFixed(2), spread: spread(many, 2), 'many of few': (median(many) / median(few)).toFixed(2) }); // prettier-ignore
      const ratios = Object.values(results).map(([few, many]) => median(many) / median(few));
      json[`list_by_tags_${TIMES}_times_the_calls_${kind.toLowerCase()}`] = Math.max(...ratios);
      await Promise.all(stores.map((store) => store.close()));
    }
    return { rows, json };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls that are over, a second apart. */
async function filled(store, calls) {
  await store.open();
  for (let start = 0; start < calls; start += 500)
    await Promise.all(Array.from({ length: 500 }, (_, index) => store.commit(commitOf(start + index))));
  return store;
}

function commitOf(index) {
  const at = BEGAN + index * 1000;
  const tags = {
    reason: index % 2 === 0 ? 'billing' : 'agent',
    amount: index % 1000,
    order: `A${index}`,
    ...(index % 1000 === 500 ? { plan: 'gold' } : {}),
  };
  const call = {
    ...{ id: randomUUID(), subAccountId: 'acme', sessionId: randomUUID(), flow: index % 3 === 0 ? 'sales' : 'support', flowVersion: '1' },
    ...{ direction: 'inbound', from: '+6591234567', to: '+6531589338', status: 'ended', site: 'closed', lastSite: 'main', turn: 0 },
    ...{ revision: 1, journalLength: 0, startedAt: at, seenAt: at, endedAt: at, dueAt: null, clientRequestId: null },
    ...{ state: '{}', tags, result: null },
  };
  return { call, tags: Object.keys(tags), takes: [] };
}

async function timed(work) {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}
