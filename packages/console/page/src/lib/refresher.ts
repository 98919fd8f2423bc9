/** Time as a refresher needs it: a test moves it by hand. */
export interface RefreshClock {
  /** Milliseconds, from anywhere on. */
  now(): number;
  /** Calls `act` after `ms`; the returned function prevents it. */
  after(ms: number, act: () => void): () => void;
}

export const pageClock: RefreshClock = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Loads again when there is news: at once, or `every` ms after the last load began. However much news comes, and however fast, it never waits for them to cease;
 * and no load begins before the one before it has ended.
 */
export class Refresher {
  readonly #load: () => Promise<unknown>;
  readonly #every: number;
  readonly #clock: RefreshClock;
  #began = Number.NEGATIVE_INFINITY;
  #isLoading = false;
  #isWanted = false;
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(load: () => Promise<unknown>, every: number, clock: RefreshClock = pageClock) {
    this.#load = load;
    this.#every = every;
    this.#clock = clock;
  }

  /** What was loaded may be out of date. */
  news(): void {
    if (this.#isStopped || this.#cancel !== null) return;
    if (this.#isLoading) {
      this.#isWanted = true;
      return;
    }
    const wait = this.#began + this.#every - this.#clock.now();
    if (wait > 0) this.#cancel = this.#clock.after(wait, () => this.#begin());
    else this.#begin();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #begin(): void {
    this.#cancel = null;
    this.#began = this.#clock.now();
    this.#isLoading = true;
    this.#isWanted = false;
    void this.#load()
      .catch(() => undefined)
      .then(() => {
        this.#isLoading = false;
        if (this.#isWanted) this.news();
      });
  }
}
