import { pause } from '../pause.ts';
import { seeded } from '../random.ts';
import type { ServerProcess } from '../server-process.ts';

/** How long every third life lasts, ms: what takes longer than the others do, a slow step or the hold that stands for it, comes to its end in such a one. */
const LONG_LIFE = 10_000;

/** Kills servers over and over, each time a random one at a random moment, and starts it again. */
export interface Killer {
  readonly kills: () => number;
  /** How long a server was down, all times together. */
  readonly downMs: () => number;
  /** Stops it when the server that is down is up again. */
  stop(): Promise<void>;
}

/**
 * Most live for `shortest` times as long as the last start took, to three times that: long enough to get something done, however slow the machine.
 */
export function startKiller(servers: readonly ServerProcess[], seed: number, shortest = 0.5): Killer {
  const random = seeded(seed);
  const over = new AbortController();
  let kills = 0;
  let startMs = 1_000;
  let downMs = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const short = startMs * shortest * (1 + 2 * random());
      if (!(await pause(kills % 3 === 2 ? Math.max(short, LONG_LIFE) : short, over.signal))) return;
      const victim = servers[Math.floor(random() * servers.length)];
      const began = performance.now();
      await victim?.kill();
      kills++;
      await victim?.start();
      startMs = performance.now() - began;
      downMs += startMs;
    }
  };
  const done = work();
  return {
    kills: () => kills,
    downMs: () => downMs,
    stop: async () => {
      over.abort();
      await done;
    },
  };
}
