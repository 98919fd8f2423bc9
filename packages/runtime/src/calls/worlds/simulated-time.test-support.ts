import type { Clock } from '../../clock.ts';

interface Timer {
  readonly at: number;
  readonly place: number;
  readonly fire: () => void;
}

/** Time that passes only when nothing else can happen: timers fire in their order, at once. */
export class SimulatedTime implements Clock {
  #now = Date.UTC(2026, 0, 5);
  #timers: Timer[] = [];
  #made = 0;

  now = (): number => this.#now;

  timer = (ms: number, fire: () => void): (() => void) => {
    const timer = { at: this.#now + Math.max(0, ms), place: ++this.#made, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.timer(ms, resolve);
    });

  /** Goes on until `isDone`. Throws when nothing can happen any more, or too much has. */
  async until(isDone: () => boolean | Promise<boolean>, maxTimers = 60_000): Promise<void> {
    for (let fired = 0; ; fired++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (await isDone()) return;
      const next = this.#timers.reduce<Timer | null>(
        (first, timer) => (first === null || timer.at < first.at || (timer.at === first.at && timer.place < first.place) ? timer : first),
        null,
      );
      if (next === null) throw new Error('nothing can happen any more');
      if (fired > maxTimers) throw new Error('it does not come to an end');
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.fire();
    }
  }
}

/** A stream of numbers in 0..1 that a seed decides (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
