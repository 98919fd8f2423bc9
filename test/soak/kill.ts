import { CutOffs } from '../support/shop/cut-offs.ts';
import { longLives, shortLives, startKiller } from '../support/shop/killer.ts';
import type { Scenario, SoakSettings } from './scenario.ts';
import { runShop, type ShopRunOptions, type StartTrouble } from './shop-run.ts';

/** How many times faster than real time callers live, so that a server that dies meets them at any moment of their calls. */
const PACE = 20;

/** Patient enough for a server that takes its time to come back: each repetition waits for three seconds. */
const REDELIVERY = { redelivery: { times: 25, afterMs: 3_000 * PACE } };

/** Who is cut off depends on how many press something while a server is down: calls come in at a steady rate, and callers live in real time. */
const EVERY_MS = 90;
/** Longer than a caller can stay silent: three tries of half a minute. After that, a server takes a call for over whose end it has not heard of. */
const IDLE = 120_000;

const killing =
  ({ seed }: SoakSettings): StartTrouble =>
  (servers) => {
    const killer = startKiller(servers, { seed, lives: shortLives });
    return { figures: () => ({ kills: killer.kills(), secondsDown: killer.downMs() / 1_000 }), stop: () => killer.stop() };
  };

const countingCutOffs =
  ({ calls, seed }: SoakSettings): StartTrouble =>
  (servers, platform) => {
    let begun = 0;
    // Once nobody calls any more, there are fewer and fewer whom a kill could meet.
    platform.onSession(() => {
      if (++begun === calls) void killer.stop();
    });
    const cutOffs = new CutOffs(platform);
    const killer = startKiller(servers, { seed, lives: longLives, onDown: () => cutOffs.down(), onUp: () => cutOffs.up() });
    return {
      figures: () => ({ kills: killer.kills(), secondsDownPerKill: killer.downMs() / 1_000 / killer.kills(), ...cutOffs.figures() }),
      stop: () => killer.stop(),
    };
  };

const withoutRedelivery = (settings: SoakSettings): ShopRunOptions => ({
  everyMs: EVERY_MS,
  pace: 1,
  sessions: { idle: IDLE, bridgedIdle: IDLE },
  mayLose: true,
  trouble: countingCutOffs(settings),
});

export const kill: Scenario = {
  what: 'The server is killed at random moments and started again: with redelivery callers hear what undisturbed ones hear, and nothing is done twice.',
  stores: ['sqlite', 'postgres'],
  run: (settings) => runShop(settings, { concurrency: 80, pace: PACE, disturbed: { behaviour: REDELIVERY }, trouble: killing(settings) }),
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
      trouble: killing(settings),
    }),
};

export const cutOff: Scenario = {
  what: 'The server is killed every 15 s and nothing is sent again: how many calls are cut off, of those in progress at a kill. No caller hears anything wrong.',
  stores: ['sqlite', 'postgres'],
  run: (settings) => runShop(settings, withoutRedelivery(settings)),
};

export const cutOffOfTwo: Scenario = {
  what: 'The same kills of two instances behind a balancer that sends to the other one what one did not answer.',
  stores: ['postgres'],
  run: (settings) => runShop(settings, { ...withoutRedelivery(settings), instances: 2, balance: { retry: true } }),
};
