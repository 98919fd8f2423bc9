/**
 * Times that calls of the phone are told in place of the real one. A time is set for the next call to a number, and goes on from there. The call's id says it, so that
 * the process which serves the next version of the flows knows it, too.
 */
import { randomUUID } from 'node:crypto';
import type { Rehearsal } from '@hookswitch/runtime';

/** Sessions that are remembered as begun: a key of one must not take the time that is meant for the next. */
const MAX_SESSIONS = 1_000;
const SHIFTED = /\.t(-?\d{1,15})$/;

export class CallTimes implements Rehearsal {
  /** Milliseconds between the time of the next call and the real one, by the number that is called. */
  readonly #next = new Map<string, number>();
  readonly #begun = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** From its beginning, the next call to `to` is told that it is `at`, ms since 1970, UTC; null: the real time. */
  set(to: string, at: number | null): void {
    if (at === null) this.#next.delete(bare(to));
    else this.#next.set(bare(to), Math.round(at - this.#now()));
  }

  callId({ sessionId, to }: { readonly sessionId: string | null; readonly to: string }): string {
    const shift = sessionId !== null && this.#begun.has(sessionId) ? undefined : this.#next.get(bare(to));
    if (sessionId !== null && this.#begun.size < MAX_SESSIONS) this.#begun.add(sessionId);
    if (shift === undefined) return randomUUID();
    this.#next.delete(bare(to));
    return `${randomUUID()}.t${shift}`;
  }

  timeOf(callId: string): number | null {
    const [, shift] = SHIFTED.exec(callId) ?? [];
    return shift === undefined ? null : this.#now() + Number(shift);
  }

  /** Steps do what they do. */
  outcomeOf(): null {
    return null;
  }
}

/** A number without its plus: webhooks and people write it either way. */
export function bare(number: string): string {
  return number.replace(/^\+/, '');
}
