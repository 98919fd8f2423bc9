import { seeded } from '../random.ts';
import type { ServerProcess } from '../server-process.ts';
import { RELEASES } from './desk.ts';

/** Servers that are replaced over and over under their calls. */
export interface Deploys {
  readonly sideBySide: boolean;
  /** A webhook was answered. */
  readonly answered: () => void;
  readonly count: () => number;
  /** Releases that may have answered somebody since a time of `performance.now()`, in their order, each once. */
  servedSince(time: number): readonly number[];
  stop(): Promise<void>;
}

/** A release, and until when it was served; `Infinity` for the one that is. */
interface Served {
  readonly release: number;
  until: number;
}

/** What is deployed, and how often. */
export interface DeployOptions {
  readonly seed: number;
  /** Webhooks between one server's turn and the next one's, on average. */
  readonly every: number;
  /** The next release, as the newest version, beside all before it, instead of any other one in the place of the one before. */
  readonly sideBySide: boolean;
}

/** After so many webhooks, now more and now fewer, the next of the servers ends as a deploy has it end, and starts with another release. */
export function startDeploys(servers: readonly ServerProcess[], { seed, every, sideBySide }: DeployOptions): Deploys {
  const random = seeded(seed);
  let isOver = false;
  const served: Served[] = [{ release: 0, until: Number.POSITIVE_INFINITY }];
  let left = 0;
  let due = (): void => undefined;
  const next = (release: number): number =>
    sideBySide ? release + 1 : (release + 1 + Math.floor(random() * (RELEASES.length - 1))) % RELEASES.length;
  const untilDue = (): Promise<void> =>
    new Promise((resolve) => {
      if (isOver) resolve();
      left = every * (0.5 + random());
      due = resolve;
    });
  const work = async (): Promise<void> => {
    for (let release = 0; ;) {
      const last = served.at(-1);
      release = next(release);
      for (const [index, server] of servers.entries()) {
        await untilDue();
        if (isOver) return;
        await server.stop();
        if (index === servers.length - 1 && last !== undefined) last.until = performance.now();
        if (index === 0) served.push({ release, until: Number.POSITIVE_INFINITY });
        await server.start({ setup: { release, sideBySide } });
      }
    }
  };
  const done = work();
  return {
    sideBySide,
    answered: () => {
      if (--left <= 0) due();
    },
    count: () => served.length - 1,
    servedSince: (time) => [...new Set(served.filter(({ until }) => until >= time).map(({ release }) => release))],
    stop: async () => {
      isOver = true;
      due();
      await done;
    },
  };
}
