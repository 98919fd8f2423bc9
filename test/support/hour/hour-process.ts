import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { tsconfigOf } from '../built.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = fileURLToPath(new URL('./hour-server.ts', import.meta.url));

/** How a server lives through its hour. */
export interface HourOptions {
  /** `sqlite:FILE` or `postgres://…`. */
  readonly store: string;
  /** How many times faster its time passes. */
  readonly pace: number;
  /** For how long calls are kept, ms of its time. */
  readonly kept: number;
  /** Base64 of 32 bytes. */
  readonly dataKeys: string;
  /** Run the packages' `dist/` instead of their sources. */
  readonly built: boolean;
}

/** How such a server is. */
export interface HourFigures {
  /** In use after a full collection. */
  readonly heapMegabytes: number;
  readonly rssMegabytes: number;
  /** Sockets left out. */
  readonly openFiles: number;
  /** Of webhooks that are kept alive, and to Postgres. How many, is up to those who call. */
  readonly sockets: number;
  /** Sockets of these that are not done with, although the other end is. */
  readonly leftSockets: number;
  /** Calls, so far. */
  readonly pruned: number;
  /** Warnings and errors so far, by what they say, with the first lines of each. */
  readonly log: Readonly<Record<string, { readonly count: number; readonly lines: readonly string[] }>>;
}

/** A server in a process of its own, so that its memory is nobody else's. */
export interface HourProcess {
  /** Base URL. */
  readonly url: string;
  look(): Promise<HourFigures>;
  close(): Promise<void>;
}

/** Starts a server whose time passes faster. Whoever starts it closes it. */
export async function startHourProcess(options: HourOptions): Promise<HourProcess> {
  const child = fork(MAIN, [JSON.stringify(options)], {
    cwd: ROOT,
    execArgv: ['--expose-gc', '--import', 'tsx'],
    env: { ...process.env, TSX_TSCONFIG_PATH: tsconfigOf(options.built) },
  });
  const ended = once(child, 'exit');
  const answer = async <T>(): Promise<T> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [T | number | null];
    if (typeof message !== 'object' || message === null) throw new HourProcessError();
    return message;
  };
  const { url } = await answer<{ url: string }>();
  return {
    url,
    look: () => {
      child.send('look');
      return answer<HourFigures>();
    },
    close: async () => {
      if (child.connected) child.send('close');
      await ended;
    },
  };
}

/** The server has ended; what it had to say stands in the output. */
class HourProcessError extends Error {
  override readonly name = 'HourProcessError';

  constructor() {
    super('The server of the hour has ended before it was told to; its last words stand above.');
  }
}
