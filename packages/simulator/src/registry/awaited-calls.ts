import type { Callee } from '../platform-options.ts';
import type { SimulatedSession } from '../session/simulated-session.ts';

/** Somebody who waits to be called. */
export interface Awaited {
  readonly callee: Callee;
  readonly begun: (session: SimulatedSession) => void;
}

/** Who waits for outbound calls, by number; whoever waits longest takes the first one. */
export class AwaitedCalls {
  readonly #waiting = new Map<string, Awaited[]>();

  /** Waits for a call to `number`. */
  next(number: string, callee: Callee): Promise<SimulatedSession> {
    return new Promise((begun) => {
      this.#waiting.set(bare(number), [...(this.#waiting.get(bare(number)) ?? []), { callee, begun }]);
    });
  }

  /** Who takes a call to `number`; undefined where nobody waits for it. */
  take(number: string): Awaited | undefined {
    const waiting = this.#waiting.get(bare(number));
    const first = waiting?.shift();
    if (waiting?.length === 0) this.#waiting.delete(bare(number));
    return first;
  }
}

/** Numbers may be written with or without `+` (U6). */
function bare(number: string): string {
  return number.replace(/^\+/u, '');
}
