import { type Clock, sleep } from '../clock.ts';
import type { SteadyLog } from '../observe/steady-log.ts';
import type { Hooks } from './options.ts';

/** Milliseconds that a server which stops waits for hooks. */
const LAST_WAIT = 5_000;

/** Calls hooks beside what is going on: one that is slow, hangs or throws holds up no webhook. */
export class HookCalls {
  readonly #clock: Clock;
  readonly #log: SteadyLog;
  readonly #running = new Set<Promise<void>>();

  constructor(clock: Clock, log: SteadyLog) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Calls a hook soon. What it throws is logged. */
  call(name: keyof Hooks, hook: () => void | Promise<void> | undefined): void {
    const running = Promise.resolve()
      .then(hook)
      .catch((error: unknown) => {
        this.#log.error({ err: error, hook: name }, 'a hook failed');
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when the hooks that were called have returned; those that don't are left behind after five seconds. */
  async settled(): Promise<void> {
    if (this.#running.size === 0) return;
    const over = new AbortController();
    await Promise.race([Promise.all(this.#running), sleep(this.#clock, LAST_WAIT, over.signal)]);
    over.abort();
  }
}
