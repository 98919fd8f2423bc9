import type { Platform, SimulatedSession } from '@hookswitch/simulator';

/** A server that is down. Times of `performance.now()`. */
interface Outage {
  readonly at: number;
  until: number;
  readonly inProgress: number;
}

/** A call that was lost. */
interface Lost {
  readonly began: number;
  readonly ended: number;
}

/** Accounts for who is cut off when servers are killed and nothing is sent again: those on the line at the kill, and those who call while the server is down. */
export class CutOffs {
  readonly #platform: Platform;
  readonly #outages: Outage[] = [];
  readonly #lost: Lost[] = [];

  constructor(platform: Platform) {
    this.#platform = platform;
    platform.onSession((session) => {
      const began = performance.now();
      void session.closed.then((over) => {
        if (isLost(over)) this.#lost.push({ began, ended: performance.now() });
      });
    });
  }

  /** A server is about to be killed. */
  down(): void {
    this.#outages.push({ at: performance.now(), until: Number.POSITIVE_INFINITY, inProgress: this.#platform.sessions.length });
  }

  /** It is up again. */
  up(): void {
    const last = this.#outages.at(-1);
    if (last !== undefined) last.until = performance.now();
  }

  /** What the kills came to, all together and for each. */
  figures(): Readonly<Record<string, number>> {
    const kills = this.#outages.length;
    const onTheLine = this.#lost.filter(({ began, ended }) => this.#outages.some(({ at }) => began <= at && at <= ended)).length;
    const coming = this.#lost.filter(({ began }) => this.#outages.some(({ at, until }) => at < began && began <= until)).length;
    const inProgress = this.#outages.reduce((sum, outage) => sum + outage.inProgress, 0);
    return {
      callsInProgressPerKill: inProgress / kills,
      cutOffPerKill: onTheLine / kills,
      percentCutOff: (100 * onTheLine) / inProgress,
      refusedWhileDownPerKill: coming / kills,
      // A crash that is felt at another time is none that was accounted for.
      lostOtherwise: this.#lost.length - onTheLine - coming,
    };
  }
}

function isLost({ end }: SimulatedSession): boolean {
  return end !== null && (end.status === 'ERROR' || end.cutBy === 'patience');
}
