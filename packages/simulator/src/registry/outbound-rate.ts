/** When calls that were sent through the REST API are started: never more in a second than there may be. */
export class OutboundRate {
  readonly #most: number;
  readonly #within: number;
  /** When the newest calls are started, oldest first; as many as `#most`. */
  readonly #starts: number[] = [];

  /** `perSecond`: null for any number. Less than one is one in as many seconds as that takes. */
  constructor(perSecond: number | null) {
    this.#most = perSecond === null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(perSecond));
    this.#within = perSecond === null ? 0 : (1_000 * this.#most) / perSecond;
  }

  /** How long a call that is ordered now would have to wait, ms. */
  waitAt(now: number): number {
    const [oldest] = this.#starts;
    return oldest === undefined || this.#starts.length < this.#most ? 0 : Math.max(0, oldest + this.#within - now);
  }

  /** Notes a call that is started then. */
  start(at: number): void {
    if (this.#most === Number.POSITIVE_INFINITY) return;
    this.#starts.push(at);
    if (this.#starts.length > this.#most) this.#starts.shift();
  }
}
