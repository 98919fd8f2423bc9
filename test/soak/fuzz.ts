import { fuzzWebhooks } from '../fuzz/webhooks.ts';
import type { Scenario } from './scenario.ts';

/** Webhooks for each call that is asked for: 100,000 for the 2,000 that are the default. */
const WEBHOOKS_PER_CALL = 50;

export const fuzz: Scenario = {
  what: 'mutated webhooks fly around calls of every example; each VCA is answered 200 with a callflow that obeys the rules.',
  // The calls are in memory; a store is given to every scenario.
  stores: ['sqlite'],
  async run({ calls, seed, tell }) {
    const { webhooks, statuses, fallbacks, ...counts } = await fuzzWebhooks({
      seed,
      webhooks: calls * WEBHOOKS_PER_CALL,
      onProgress: (sent) => tell(`${sent} webhooks`),
    });
    tell(`statuses ${JSON.stringify(statuses)}, fallbacks ${JSON.stringify(fallbacks)}`);
    return { wrong: [], figures: { webhooks, calls: counts.calls, logLines: counts.logLines } };
  },
};
