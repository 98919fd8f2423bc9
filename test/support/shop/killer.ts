import { pause } from '../pause.ts';
import { seeded } from '../random.ts';
import type { ServerProcess } from '../server-process.ts';

/** How long every third of the short lives lasts, ms: what takes longer than the others do, a slow step or the hold that stands for it, comes to its end in such a one. */
const LONG_LIFE = 10_000;

/** How long a server lives, ms: `chance` from 0 to 1, `startMs` as long as the last start took. */
export type LifeSpan = (chance: number, startMs: number, kills: number) => number;

/** Most live for half to one and a half times as long as the last start took: long enough to get something done, however slow the machine. */
export const shortLives: LifeSpan = (chance, startMs, kills) => {
  const short = startMs * (0.5 + chance);
  return kills % 3 === 2 ? Math.max(short, LONG_LIFE) : short;
};

/** Each serves for 12 to 18 s, however slow the machine: kills are rare, and as many on each. */
export const longLives: LifeSpan = (chance) => 12_000 + 6_000 * chance;

/** Kills servers over and over, each time a random one, and starts it again. */
export interface Killer {
  readonly kills: () => number;
  /** How long a server was down, all times together. */
  readonly downMs: () => number;
  /** Stops it when the server that is down is up again. */
  stop(): Promise<void>;
}

/** What a killer does, and whom it tells. */
export interface KillerOptions {
  readonly seed: number;
  readonly lives: LifeSpan;
  readonly onDown?: () => void;
  readonly onUp?: () => void;
}

/** Starts killing: after each life one server, drawn from the seed as its life was. */
export function startKiller(servers: readonly ServerProcess[], { seed, lives, onDown, onUp }: KillerOptions): Killer {
  const random = seeded(seed);
  const over = new AbortController();
  let kills = 0;
  let startMs = 1_000;
  let downMs = 0;
  const work = async (): Promise<void> => {
    while (await pause(lives(random(), startMs, kills), over.signal)) {
      const victim = servers[Math.floor(random() * servers.length)];
      const began = performance.now();
      onDown?.();
      await victim?.kill();
      kills++;
      await victim?.start();
      onUp?.();
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
