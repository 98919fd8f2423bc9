import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditStore, untilEnded } from '../support/shop/audit.ts';
import { SHOP_SESSIONS } from '../support/shop/call-shop.ts';
import { startReceiver } from '../support/shop/receiver.ts';
import { pause } from '../support/pause.ts';
import { seeded } from '../support/random.ts';
import { type ServerProcess, type ServerProcessOptions, startServerProcess } from '../support/server-process.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { fullDisk, type Trouble, troublesOf } from '../support/store-trouble.ts';
import { callSurvey } from '../support/survey/call-survey.ts';
import type { Scenario, SoakResult, SoakSettings } from './scenario.ts';
import { vcaFigures } from './vca-figures.ts';

const SURVEY = new URL('../support/survey/survey.ts', import.meta.url).href;
/** How many times faster than real time callers live. */
const PACE = 4;
/** What the log of SQLite and the calls need, megabytes. */
const ROOM = { log: 40, perCall: 0.05 };

export const store: Scenario = {
  what: 'The store is gone, restarted, slow, read-only, or its files can grow no more for a while: callers wait or are asked again, nothing that they pressed is lost, and the server recovers.',
  stores: ['sqlite', 'postgres'],
  run: (settings) =>
    runStoreTrouble(settings, {
      server: { store: settings.place.url },
      troubles: (server) => troublesOf(settings.place, server),
      audit: async () => (await auditStore(settings.place.url)).mistakes,
    }),
};

export const full: Scenario = {
  what: 'The disk that SQLite lies on has no byte left now and then: as with every trouble of the store.',
  stores: ['sqlite'],
  async run(settings) {
    const disk = await mountSmallDisk(Math.ceil(ROOM.log + ROOM.perCall * settings.calls));
    if (typeof disk === 'string') {
      settings.tell(`skipped: ${disk}`);
      return { wrong: [], figures: { skipped: 1 } };
    }
    try {
      return await runStoreTrouble(settings, {
        server: { store: `sqlite:${join(disk.folder, 'calls.db')}`, enter: disk.enter },
        troubles: () => [fullDisk(disk)],
        audit: () => auditDisk(disk),
      });
    } finally {
      await disk.remove();
    }
  },
};

/** Which store it is, and what befalls it. */
interface TroubleOptions {
  readonly server: Pick<ServerProcessOptions, 'store' | 'enter'>;
  readonly troubles: (server: ServerProcess) => readonly Trouble[];
  /** What the store holds that it must not, once no server uses it. */
  readonly audit: () => Promise<readonly string[]>;
}

async function runStoreTrouble({ calls, seed, built, tell }: SoakSettings, options: TroubleOptions): Promise<SoakResult> {
  const receiver = await startReceiver();
  const sessions = { ...SHOP_SESSIONS, maxRetries: 30 };
  const server = await startServerProcess({
    ...options.server,
    flows: SURVEY,
    receiver: receiver.url,
    sessions,
    statementTimeout: 1_000,
    built,
  });
  const trouble = startTroubles(options.troubles(server), seed);
  try {
    const report = await callSurvey({
      url: server.url,
      seed,
      calls,
      concurrency: 60,
      pace: PACE,
      tell,
      // Summaries that could not be kept are answered 503, and come again.
      platform: { behaviour: { redelivery: { times: 10, afterMs: 3_000 * PACE } } },
    });
    await trouble.stop();
    const wrong = [...report.wrong, ...(await untilEnded(receiver, calls, 90_000, 0))];
    await server.stop();
    wrong.push(...(await options.audit()));
    tell(`the store said: ${whatItSaid(server.output())}`);
    const counts = trouble.counts();
    return {
      wrong,
      figures: {
        calls,
        ...counts,
        troubles: Object.values(counts).reduce((sum, count) => sum + count, 0),
        questionsAskedAgain: report.askedAgain,
        fallbacks: report.fallbacks,
        ...vcaFigures(report.load),
      },
    };
  } finally {
    await trouble.stop();
    await server.kill();
    await receiver.close();
  }
}

/** What databases call what befell them, as the log has it, and how often. */
function whatItSaid(log: string): string {
  const counts = new Map<string, number>();
  for (const [, said = ''] of log.matchAll(/"message":"The \w+ store failed at [^(:]*(?:\(([^)]*)\))?:/g))
    counts.set(said || 'nothing', (counts.get(said || 'nothing') ?? 0) + 1);
  return [...counts].map(([said, count]) => `${said} ${count} times`).join(', ');
}

/** The store can't be opened from outside of the disk's namespace, but its files can be read. */
async function auditDisk(disk: SmallDisk): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-store-'));
  try {
    disk.copyTo(folder);
    return (await auditStore(`sqlite:${join(folder, 'calls.db')}`)).mistakes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets one trouble after the other befall a store, each for a while, with quiet between. */
function startTroubles(troubles: readonly Trouble[], seed: number): { counts(): Record<string, number>; stop(): Promise<void> } {
  const random = seeded(seed);
  const over = new AbortController();
  const counts: Record<string, number> = {};
  const work = async (): Promise<void> => {
    for (let round = 0; !over.signal.aborted; round++) {
      await pause(500 + 2_000 * random(), over.signal);
      const trouble = troubles[round % troubles.length];
      if (trouble === undefined || over.signal.aborted) return;
      const end = await trouble.begin();
      counts[trouble.name] = (counts[trouble.name] ?? 0) + 1;
      await pause(200 + 3_000 * random(), over.signal);
      await end();
    }
  };
  const done = work();
  return {
    counts: () => counts,
    stop: async () => {
      over.abort();
      await done;
    },
  };
}
