import { auditStore, untilEnded } from '../support/shop/audit.ts';
import { SHOP_SESSIONS } from '../support/shop/call-shop.ts';
import { startReceiver } from '../support/shop/receiver.ts';
import { pause } from '../support/pause.ts';
import { seeded } from '../support/random.ts';
import { startServerProcess } from '../support/server-process.ts';
import { type Trouble, troublesOf } from '../support/store-trouble.ts';
import { callSurvey } from '../support/survey/call-survey.ts';
import type { Scenario, SoakResult, SoakSettings } from './scenario.ts';

const SURVEY = new URL('../support/survey/survey.ts', import.meta.url).href;
/** How many times faster than real time callers live. */
const PACE = 4;

export const store: Scenario = {
  what: 'The store is full, gone, restarted, slow, read-only for a while: callers wait or are asked again, nothing that they pressed is lost, and the server recovers.',
  stores: ['sqlite', 'postgres'],
  run: runStoreTrouble,
};

async function runStoreTrouble({ calls, seed, place, built, tell }: SoakSettings): Promise<SoakResult> {
  const receiver = await startReceiver();
  const sessions = { ...SHOP_SESSIONS, maxRetries: 30 };
  const server = await startServerProcess({
    store: place.url,
    flows: SURVEY,
    receiver: receiver.url,
    sessions,
    statementTimeout: 1_000,
    built,
  });
  const trouble = startTroubles(troublesOf(place, server), seed);
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
    wrong.push(...(await auditStore(place.url)));
    const { VCA } = report.load.webhooks;
    return {
      wrong,
      figures: {
        calls,
        ...trouble.counts(),
        questionsAskedAgain: report.askedAgain,
        fallbacks: report.fallbacks,
        vca: VCA?.sent ?? 0,
        vcaFailed: VCA?.failed ?? 0,
        vcaMsP50: VCA?.ms.p50 ?? 0,
        vcaMsMax: VCA?.ms.max ?? 0,
      },
    };
  } finally {
    await trouble.stop();
    await server.kill();
    await receiver.close();
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
