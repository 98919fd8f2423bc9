import type { Timer } from '../clock/clock.ts';
import type { Random } from '../random/random.ts';
import type { SessionEvent } from '../session/events.ts';

/** What somebody who calls, or is called, can do and knows. */
export interface CallerLine {
  /** The platform's id of the session, for whoever also acts on the call from elsewhere. */
  readonly sessionId: string;
  /** ms since 1970 on the session's time. */
  now(): number;
  after(ms: number, act: () => void): Timer;
  /** How long this caller thinks before it does something, ms; drawn anew each time, and at most four fifths of `within`, so that no prompt is missed by chance. */
  think(within: number): number;
  /** Presses one key, now. */
  press(key: string): void;
  hangUp(): void;
  /** Says that something else was heard than should have been. */
  wrong(message: string): void;
  /** A stream of this caller's own. */
  readonly random: Random;
  /** Keeps virtual time from passing until the returned function is called. */
  hold(): () => void;
  readonly heard: readonly string[];
}

/** Somebody with a telephone: a script, a random walker, a person. */
export interface Caller {
  /** What reports call it. */
  readonly name: string;
  /** Begins one call and gives what is told of its events. The same caller may be on many calls at once. */
  begin(line: CallerLine): (event: SessionEvent) => void;
}

/** Stays on the line, presses nothing and waits for the end. */
export const silentCaller: Caller = { name: 'silent', begin: () => () => {} };
