import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { capture, defineFlow, menu, say, step } from '@hookswitch/dsl';
import { type Clock, createApp, openStore, type Store } from '@hookswitch/runtime';
import { createPlatform, randomWalker, runLoad } from '@hookswitch/simulator';
import { testPool } from '../support/postgres.ts';
import type { StorePlace } from '../support/store-place.ts';
import type { Scenario, SoakResult, SoakSettings } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How many times faster the server's time passes. */
const PACE = 20;
/** For how long calls are kept, so that an hour has several times as many as the store ever holds. */
const KEPT = 8 * MINUTE;
const LOOK_EVERY = 2 * MINUTE;
/** When memory and store have found their size. */
const WARM = 20 * MINUTE;
const CONCURRENCY = 40;
/** How fast answers come is another question. */
const PATIENT = { answerTimeoutMs: 60_000 };
const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');

/** What may grow from the middle of the measured time to its end: noise, not a leak. */
const MOST_GROWTH = { heapMegabytes: 1.15, openFiles: 1.2, storeMegabytes: 1.25 } as const;
type Figures = Record<keyof typeof MOST_GROWTH, number>;

const shop = defineFlow({ name: 'shop', voice: 'en-US-BenjaminRUS', goodbye: 'Bye.' }, function* () {
  for (let round = 0; round < 5; round++) {
    const what = yield* menu('Press 1 to order, 2 to pay, 3 to end.', { 1: 'order', 2: 'pay', 3: 'end' }, { id: 'what' });
    if (what === 'end') return;
    const digits = yield* capture('The number, please.', { id: what, maxDigits: 12, sensitive: what === 'pay' });
    const found = yield* step('find', () => ({ found: 'x'.repeat(200) }), { examples: { found: { found: 'x' } } });
    yield say(`${digits?.length ?? 0} digits, ${found.found.length} letters.`);
  }
});

export const memory: Scenario = {
  what: 'an hour of calls, twenty times faster; memory, open files and the store keep their size, and calls are pruned meanwhile.',
  stores: ['sqlite', 'postgres'],
  run: runMemory,
};

async function runMemory({ seed, place, tell }: SoakSettings): Promise<SoakResult> {
  const clock = paced(PACE);
  const began = clock.now();
  const store = place.postgres === null ? null : testPool(place.url, 1);
  const calls = forgetful(place.url);
  const app = await createApp({
    flows: [shop],
    store: calls.store,
    clock,
    sessions: { retention: DAY, budget: 59_000 },
    allowUnverified: true,
    dataKeys: DATA_KEY,
    logLevel: 'silent',
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const platform = createPlatform({
    webhookUrls: `${url}/webhooks`,
    clock: 'virtual',
    seed,
    remember: 0,
    keepEvents: false,
    behaviour: PATIENT,
  });
  const over = new AbortController();
  const samples: { readonly at: number; readonly figures: Figures }[] = [];
  const look = async (): Promise<void> => {
    const figures = { ...ownFigures(), storeMegabytes: await storeSize(place, store) };
    samples.push({ at: clock.now() - began, figures });
    tell(
      `minute ${Math.round((clock.now() - began) / MINUTE)}: ${Object.entries(figures)
        .map(([name, value]) => `${name} ${value.toFixed(1)}`)
        .join(', ')}`,
    );
  };
  const looking = setInterval(() => void look(), LOOK_EVERY / PACE);
  const ending = setTimeout(() => over.abort(), HOUR / PACE);
  try {
    const report = await runLoad(platform, {
      calls: 10_000_000,
      concurrency: CONCURRENCY,
      caller: randomWalker({ keys: '1123' }),
      signal: over.signal,
    });
    const wrong = report.ok ? [] : [`the calls were not ok: ${JSON.stringify(report.faults)}`, ...report.bad.map(({ message }) => message)];
    if (calls.pruned() === 0) wrong.push('no call was pruned');
    const growth = growthOf(samples.filter(({ at }) => at >= WARM).map(({ figures }) => figures));
    for (const [name, most] of Object.entries(MOST_GROWTH)) {
      const by = growth[name as keyof Figures];
      if (by > most) wrong.push(`${name} grew by a factor of ${by.toFixed(2)} after the warm-up`);
    }
    const last = samples.at(-1)?.figures;
    const grown = Object.fromEntries(Object.entries(growth).map(([name, by]) => [`${name}Growth`, by]));
    return {
      wrong,
      figures: { calls: report.calls, pruned: calls.pruned(), webhooksPerSecond: report.webhooksPerSecond, ...last, ...grown },
    };
  } finally {
    clearInterval(looking);
    clearTimeout(ending);
    await platform.close();
    await app.close();
    await store?.end();
  }
}

/** The median of the last third over that of the first. */
function growthOf(samples: readonly Figures[]): Figures {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const median = (some: readonly Figures[], name: keyof Figures): number =>
    some.map((figures) => figures[name]).toSorted((a, b) => a - b)[Math.floor(some.length / 2)] ?? Number.NaN;
  const ratio = (name: keyof Figures): number => median(samples.slice(-third), name) / median(samples.slice(0, third), name);
  return { heapMegabytes: ratio('heapMegabytes'), openFiles: ratio('openFiles'), storeMegabytes: ratio('storeMegabytes') };
}

/** Of this process: server and callers together. */
function ownFigures(): Pick<Figures, 'heapMegabytes' | 'openFiles'> {
  globalThis.gc?.();
  return { heapMegabytes: process.memoryUsage().heapUsed / 1e6, openFiles: readdirSync('/proc/self/fd').length };
}

async function storeSize({ folder }: StorePlace, pool: ReturnType<typeof testPool> | null): Promise<number> {
  if (folder !== null) return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 1e6;
  // Postgres does it by itself; in the tests' own it is off.
  await pool?.query('vacuum');
  const { rows } = (await pool?.query<{ size: string }>('select pg_database_size(current_database()) as size')) ?? { rows: [] };
  return Number(rows[0]?.size ?? 0) / 1e6;
}

/** A store that is told to keep calls for a day, the least that a server takes, and keeps them for `KEPT`. */
function forgetful(url: string): { readonly store: Store; readonly pruned: () => number } {
  const store = openStore(url);
  const prune = store.prune.bind(store);
  let pruned = 0;
  store.prune = async (endedBefore, limit) => {
    const count = await prune(endedBefore + DAY - KEPT, limit);
    pruned += count;
    return count;
  };
  return { store, pruned: () => pruned };
}

/** The machine's own time, faster. */
function paced(pace: number): Clock {
  const start = Date.now();
  return {
    now: () => start + Math.floor((Date.now() - start) * pace),
    timer: (ms, fire) => {
      const handle = setTimeout(fire, ms / pace);
      handle.unref();
      return () => clearTimeout(handle);
    },
  };
}
