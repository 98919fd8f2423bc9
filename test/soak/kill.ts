import { startKiller } from '../support/shop/killer.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { runShop, type Trouble } from './shop-run.ts';
import type { Scenario } from './scenario.ts';

/** How many times faster than real time callers live, so that a server that dies meets them at any moment of their calls. */
const PACE = 20;

/** Patient enough for a server that takes its time to come back: each repetition waits for four seconds. */
const REDELIVERY = { redelivery: { times: 10, afterMs: 4_000 * PACE } };

const killing =
  (seed: number) =>
  (servers: readonly ServerProcess[]): Trouble => {
    const killer = startKiller(servers, seed);
    return { figures: () => ({ kills: killer.kills() }), stop: () => killer.stop() };
  };

export const kill: Scenario = {
  what: 'The server is killed at random moments and started again: with redelivery callers hear what undisturbed ones hear, and nothing is done twice.',
  stores: ['sqlite', 'postgres'],
  run: (settings) =>
    runShop(settings, { concurrency: 80, pace: PACE, disturbed: { behaviour: REDELIVERY }, trouble: killing(settings.seed) }),
};

export const killOfTwo: Scenario = {
  what: 'One of two instances behind a balancer is killed at random moments: the other one takes over, and callers hear what undisturbed ones hear.',
  stores: ['postgres'],
  run: (settings) =>
    runShop(settings, {
      instances: 2,
      balance: { retry: true },
      pace: PACE,
      disturbed: { behaviour: REDELIVERY },
      trouble: killing(settings.seed),
    }),
};

export const cutOff: Scenario = {
  what: 'The server is killed at random moments and nothing is sent again: how many calls are cut off. No caller hears anything wrong.',
  stores: ['sqlite', 'postgres'],
  run: (settings) => runShop(settings, { pace: PACE, mayLose: true, trouble: killing(settings.seed) }),
};

export const cutOffOfTwo: Scenario = {
  what: 'The same with two instances behind a balancer that sends to the other one what one did not answer.',
  stores: ['postgres'],
  run: (settings) =>
    runShop(settings, { instances: 2, balance: { retry: true }, pace: PACE, mayLose: true, trouble: killing(settings.seed) }),
};
