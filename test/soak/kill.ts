import { startKiller } from '../support/shop/killer.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { runShop, type ShopRunOptions, type Trouble } from './shop-run.ts';
import type { Scenario, SoakSettings } from './scenario.ts';

/** How many times faster than real time callers live, so that a server that dies meets them at any moment of their calls. */
const PACE = 20;

/** Patient enough for a server that takes its time to come back: each repetition waits for three seconds. */
const REDELIVERY = { redelivery: { times: 25, afterMs: 3_000 * PACE } };

const killing =
  (seed: number, shortest?: number) =>
  (servers: readonly ServerProcess[]): Trouble => {
    const killer = startKiller(servers, seed, shortest);
    return { figures: () => ({ kills: killer.kills(), secondsDown: killer.downMs() / 1_000 }), stop: () => killer.stop() };
  };

/** Calls that come in one after the other, and servers that live a few times longer than they are down: who is cut off is a question of how many are there. */
const arriving = ({ calls, seed }: SoakSettings): ShopRunOptions => ({
  concurrency: calls,
  rampMs: calls * 150,
  pace: PACE,
  mayLose: true,
  trouble: killing(seed, 2),
});

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
  run: (settings) => runShop(settings, arriving(settings)),
};

export const cutOffOfTwo: Scenario = {
  what: 'The same with two instances behind a balancer that sends to the other one what one did not answer.',
  stores: ['postgres'],
  run: (settings) => runShop(settings, { ...arriving(settings), instances: 2, balance: { retry: true } }),
};
