import type { Clock } from '../../clock.ts';

interface Timer {
  readonly at: number;
  readonly place: number;
  readonly fire: () => void;
}

/** Time that passes only when nothing else can happen: timers fire in their order, at once, and none while a store is asked. */
export class SimulatedTime implements Clock {
  #now = Date.UTC(2026, 0, 5);
  #timers: Timer[] = [];
  #made = 0;
  readonly #busy = new Set<Promise<unknown>>();

  now = (): number => this.#now;

  timer = (ms: number, fire: () => void): (() => void) => {
    // Stores keep whole milliseconds.
    const timer = { at: this.#now + Math.max(0, Math.ceil(ms)), place: ++this.#made, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      this.timer(ms, resolve);
    });

  /** No time passes before the task is through. */
  during<T>(task: Promise<T>): Promise<T> {
    const settled = task.then(
      () => void this.#busy.delete(settled),
      () => void this.#busy.delete(settled),
    );
    this.#busy.add(settled);
    return task;
  }

  /** Goes on until `isDone`. Throws when nothing can happen any more, or too much has. */
  async until(isDone: () => boolean, maxTimers = 60_000): Promise<void> {
    for (let fired = 0; ; fired++) {
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#busy.size > 0) {
        await Promise.all(this.#busy);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (isDone()) return;
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

/** A number for a text, the same each time (FNV-1a). */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
