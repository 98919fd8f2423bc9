import type { Behaviour } from '../behaviour.ts';

/** When calls that were sent through the REST API are started: never more in a second than there may be. */
export class OutboundRate {
  readonly #most: number;
  readonly #within: number;
  readonly #queueMs: number;
  readonly #refuses: boolean;
  /** When the newest calls are started, oldest first; as many as `#most`. */
  readonly #starts: number[] = [];

  /** Less than one a second is one in as many seconds as that takes. */
  constructor({ callsPerSecond: perSecond, aboveCallsPerSecond, queueMs }: Behaviour) {
    this.#queueMs = queueMs;
    this.#refuses = aboveCallsPerSecond === 'refused';
    this.#most = perSecond === null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(perSecond));
    this.#within = perSecond === null ? 0 : (1_000 * this.#most) / perSecond;
  }

  /** How long a call that is ordered now has to wait, ms; null for one that is refused. */
  waitAt(now: number): number | null {
    const [oldest] = this.#starts;
    const at = now + this.#queueMs;
    const turn = oldest === undefined || this.#starts.length < this.#most ? at : Math.max(at, oldest + this.#within);
    return this.#refuses && turn > at ? null : turn - now;
  }

  /** Notes a call that is started then. */
  start(at: number): void {
    if (this.#most === Number.POSITIVE_INFINITY) return;
    this.#starts.push(at);
    if (this.#starts.length > this.#most) this.#starts.shift();
  }
}
