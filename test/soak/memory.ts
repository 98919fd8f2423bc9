import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createPlatform, randomWalker, runLoad, virtualClock } from '@hookswitch/simulator';
import { countRows, type RowCounts } from '../support/count-rows.ts';
import { type HourFigures, startHourProcess } from '../support/hour/hour-process.ts';
import { pause } from '../support/pause.ts';
import { testPool } from '../support/postgres.ts';
import type { StorePlace } from '../support/store-place.ts';
import type { Scenario, SoakResult, SoakSettings } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How many times faster time passes for the server, its callers and the Postgres that cleans up behind them. */
const PACE = 15;
/** For how long calls are kept, so that an hour has several times as many as the store ever holds. */
const KEPT = 8 * MINUTE;
const LOOK_EVERY = 2 * MINUTE;
/** When memory and store have found their size. */
const WARM = 20 * MINUTE;
/** Calls of the hour for each call that is asked for: 4,000 for the 2,000 that are the default. */
const CALLS_PER_CALL = 2;
const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');
/** What the log may say of callers who press odd things. */
const HARMLESS = /^the platform (reports digits|seems to ask)|^no digits came sooner/;

/** What may grow from the first third of the time after the warm-up to its last third: noise, not a leak. */
const MAX_GROWTH = { heapMegabytes: 1.15, rssMegabytes: 1.25, openFiles: 1.1, calls: 1.25, storeMegabytes: 1.25 } as const;
type Growing = keyof typeof MAX_GROWTH;
/** One may be found in the moment in which it is closed. */
const MAX_LEFT_SOCKETS = 2;

/** How server and store are at a moment of the hour. */
interface Sample
  extends RowCounts, Pick<HourFigures, 'heapMegabytes' | 'rssMegabytes' | 'openFiles' | 'sockets' | 'leftSockets' | 'pruned'> {
  readonly minute: number;
  /** Calls that came in since the last sample, per second of real time. */
  readonly callsPerSecond: number;
  readonly webhooksPerSecond: number;
  readonly callsAtOnce: number;
  readonly storeMegabytes: number;
}

export const memory: Scenario = {
  what: 'An hour of calls at a steady rate, fifteen times faster: memory, open files and the store keep their size, and calls are pruned meanwhile.',
  stores: ['sqlite', 'postgres'],
  // As a Postgres is by default, for an hour that passes faster.
  postgres: { autovacuum: 'on', autovacuum_naptime: `${60 / PACE}s` },
  run: runMemory,
};

async function runMemory({ calls, seed, place, built, tell }: SoakSettings): Promise<SoakResult> {
  const server = await startHourProcess({ store: place.url, pace: PACE, kept: KEPT, dataKeys: DATA_KEY, built });
  const platform = createPlatform({
    webhookUrls: `${server.url}/webhooks`,
    clock: virtualClock({ pace: PACE }),
    seed,
    remember: 0,
    keepEvents: false,
    behaviour: { answerTimeoutMs: 60_000 },
  });
  const all = calls * CALLS_PER_CALL;
  const [samples, faults]: [Sample[], string[]] = [[], []];
  let [begun, webhooks] = [0, 0];
  let log: HourFigures['log'] = {};
  platform.onSession(() => void begun++);
  platform.onDelivery(() => void webhooks++);
  const began = performance.now();
  const minuteNow = (): number => ((performance.now() - began) * PACE) / MINUTE;
  platform.onFault(({ kind, message }) => faults.push(`minute ${minuteNow().toFixed(1)}: ${kind}: ${message}`));
  const over = new AbortController();
  const look = async (): Promise<void> => {
    let before = { at: began, begun: 0, webhooks: 0 };
    while (await pause(LOOK_EVERY / PACE, over.signal)) {
      const now = { at: performance.now(), begun, webhooks };
      const seconds = (now.at - before.at) / 1_000;
      const rates = {
        callsPerSecond: (now.begun - before.begun) / seconds,
        webhooksPerSecond: (now.webhooks - before.webhooks) / seconds,
        callsAtOnce: platform.sessions.length,
      };
      before = now;
      const { log: lines, ...figures } = await server.look();
      log = lines;
      const sample = { minute: minuteNow(), ...rates, ...figures, ...(await countRows(place)), storeMegabytes: await sizeOf(place) };
      samples.push(sample);
      tell(lineOf(sample));
    }
  };
  const looking = look();
  try {
    const report = await runLoad(platform, {
      calls: all,
      everyMs: HOUR / PACE / all,
      caller: randomWalker({ keys: '1123' }),
    });
    over.abort();
    await looking;
    const warm = samples.filter(({ minute }) => minute >= WARM / MINUTE);
    for (const [line, { count, lines }] of Object.entries(log)) tell(`log, ${count} times: ${line}\n     ${lines.join('\n     ')}`);
    const last = samples.at(-1);
    return {
      wrong: [...judge(warm), ...faults, ...report.bad.map(({ message }) => message), ...loggedBadly(log)],
      figures: {
        calls: report.calls,
        webhooks,
        pruned: last?.pruned ?? 0,
        vcaMsP50: report.webhooks.VCA?.ms.p50 ?? 0,
        vcaMsP99: report.webhooks.VCA?.ms.p99 ?? 0,
        ...thirds(warm),
      },
    };
  } finally {
    over.abort();
    await looking.catch(() => undefined);
    await platform.close();
    await server.close();
  }
}

function judge(warm: readonly Sample[]): readonly string[] {
  const wrong: string[] = [];
  if ((warm.at(-1)?.pruned ?? 0) === 0) wrong.push('no call was pruned');
  const left = median(thirdOf(warm, 'last'), 'leftSockets');
  if (left > MAX_LEFT_SOCKETS) wrong.push(`${left} sockets are still open whose other end is closed`);
  for (const name of Object.keys(MAX_GROWTH) as Growing[]) {
    const growth = median(thirdOf(warm, 'last'), name) / median(thirdOf(warm, 'first'), name);
    // Not a number, where there are no samples, is no good either.
    if (!(growth <= MAX_GROWTH[name])) wrong.push(`${name} grew by a factor of ${growth.toFixed(2)} after the warm-up`);
  }
  return wrong;
}

function loggedBadly(log: HourFigures['log']): readonly string[] {
  const bad = Object.entries(log).filter(([line]) => !HARMLESS.test(line));
  return bad.map(([line, { count }]) => `the server logged ${count} times: ${line}`);
}

/** The medians of the first and the last third, side by side. */
function thirds(warm: readonly Sample[]): Readonly<Record<string, number>> {
  const names = [
    'callsPerSecond',
    'webhooksPerSecond',
    'callsAtOnce',
    'sockets',
    'leftSockets',
    ...(Object.keys(MAX_GROWTH) as Growing[]),
  ] as const;
  return Object.fromEntries(
    names.flatMap((name) => [
      [`${name}First`, median(thirdOf(warm, 'first'), name)],
      [`${name}Last`, median(thirdOf(warm, 'last'), name)],
    ]),
  );
}

function thirdOf(samples: readonly Sample[], which: 'first' | 'last'): readonly Sample[] {
  const third = Math.max(1, Math.floor(samples.length / 3));
  return which === 'first' ? samples.slice(0, third) : samples.slice(-third);
}

function median(samples: readonly Sample[], name: keyof Sample): number {
  return samples.map((sample) => sample[name]).toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}

function lineOf(sample: Sample): string {
  const { minute, callsPerSecond, webhooksPerSecond, callsAtOnce, pruned, calls, turns, journal, timeline, orphans, inbox } = sample;
  const { heapMegabytes, rssMegabytes, openFiles, sockets, leftSockets, storeMegabytes } = sample;
  return [
    `minute ${minute.toFixed(0)}: ${callsPerSecond.toFixed(1)} calls/s, ${webhooksPerSecond.toFixed(0)} webhooks/s, ${callsAtOnce} calls at once, ${pruned} pruned`,
    `rows: ${calls} calls, ${turns} turns, ${journal} journal, ${timeline} timeline, ${orphans} orphans, ${inbox} inbox`,
    `heap ${heapMegabytes.toFixed(1)} MB, resident ${rssMegabytes.toFixed(0)} MB, ${openFiles} files and ${sockets} sockets, ${leftSockets} of them left by the other end, store ${storeMegabytes.toFixed(1)} MB`,
  ].join('; ');
}

async function sizeOf({ folder, url }: StorePlace): Promise<number> {
  if (folder !== null) return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 1e6;
  const pool = testPool(url, 1);
  try {
    const { rows } = await pool.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size');
    return Number(rows[0]?.size ?? 0) / 1e6;
  } finally {
    await pool.end();
  }
}
