/** How many requests may be sent. */
export interface RateLimit {
  /** Requests per second on the long run, above 0. @default 10 */
  readonly perSecond: number;
  /** Requests that may be sent at once after a pause, ≥ 1. @default twice perSecond */
  readonly burst: number;
}

/**
 * A token bucket that hands out waiting times: each `take` reserves the next token, so that requests go in the order in which they asked.
 * Kept as the one moment at which the bucket will be full again.
 */
export class TokenBucket {
  readonly #interval: number;
  readonly #slack: number;
  readonly #now: () => number;
  #fullAt: number;
  #seen: number;

  /** `now` gives milliseconds; it may jump, forwards or backwards. */
  constructor(limit: RateLimit, now: () => number) {
    this.#interval = 1000 / limit.perSecond;
    this.#slack = (limit.burst - 1) * this.#interval;
    this.#now = now;
    this.#seen = now();
    this.#fullAt = this.#seen;
  }

  /** Takes a token and gives the milliseconds to wait before it may be used. */
  take(): number {
    const now = this.#tick();
    const wait = Math.max(0, this.#fullAt - this.#slack - now);
    this.#fullAt = Math.max(this.#fullAt, now) + this.#interval;
    return Math.ceil(wait);
  }

  /** Hands out no token for `ms` milliseconds, and single ones after that. */
  pause(ms: number): void {
    this.#fullAt = Math.max(this.#fullAt, this.#tick() + ms + this.#slack);
  }

  /** The time; a clock that was put back takes the debt with it instead of making everybody wait for the difference. */
  #tick(): number {
    const now = this.#now();
    if (now < this.#seen) this.#fullAt -= this.#seen - now;
    this.#seen = now;
    return now;
  }
}
