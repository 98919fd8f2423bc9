/** Who waits in this process for a call to change. It holds no call, and a wake-up says only that it is time to look again: another process may have been faster. */
import { type Clock, sleep } from '../clock.ts';

/** One who waits. */
export interface Waiter {
  rest(clock: Clock, ms: number): Promise<void>;
}

/** Who waits for a call to change, by names of calls and sessions. */
export class Waiters {
  /** Nobody waits while it is empty. */
  readonly byName = new Map<string, Set<() => void>>();

  /** Waits from now on; `rest` resolves when the call has changed, or after `ms`, and ends it. */
  add(names: readonly string[]): Waiter {
    let wake = (): void => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    for (const name of names) this.byName.set(name, (this.byName.get(name) ?? new Set()).add(wake));
    const cancel = (): void => {
      for (const name of names) {
        const set = this.byName.get(name);
        set?.delete(wake);
        if (set?.size === 0) this.byName.delete(name);
      }
    };
    return {
      rest: async (clock, ms) => {
        const over = new AbortController();
        await (ms === Infinity ? woken : Promise.race([woken, sleep(clock, Math.max(0, ms), over.signal)]));
        over.abort();
        cancel();
      },
    };
  }

  wake(names: readonly string[]): void {
    for (const name of names) for (const wake of this.byName.get(name) ?? []) wake();
  }
}
