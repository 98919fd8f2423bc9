import type { MachineTime } from './machine-time.ts';

/** The time of a machine that stands still until it is told to go on. */
export class ManualTime implements MachineTime {
  #now = Date.UTC(2026, 0, 5);
  #timers: { readonly at: number; readonly act: () => void }[] = [];

  now = (): number => this.#now;

  after = (ms: number, act: () => void): (() => void) => {
    const timer = { at: this.#now + Math.max(0, ms), act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Goes on by `ms`, doing what is due in order, and lets what it has begun go on as far as it can. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      const next = this.#timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
    this.#now = end;
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) await new Promise((resolve) => setImmediate(resolve));
}
