import type { SessionEvent } from '../session/events.ts';
import type { Caller, CallerLine } from './caller.ts';

/**
 * A caller who is driven by hand. Virtual time stands still while it is the person's turn: while the platform listens, a bridge is up,
 * or nothing more will come. Real time goes on.
 */
export class Person implements Caller {
  readonly name = 'person';
  #line: CallerLine | null = null;
  #release: (() => void) | null = null;
  #waiters: (() => void)[] = [];
  #waiting = false;
  #isTurn = false;
  #closed = false;

  begin(line: CallerLine): (event: SessionEvent) => void {
    this.#line = line;
    return (event) => this.#on(event);
  }

  /** Fulfilled when it is the person's turn, or the call is over and all its webhooks are delivered. */
  untilTurn(): Promise<void> {
    if (this.#isTurn || this.#closed) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Does something, lets time go on, and waits for the next turn. */
  act(what: (line: CallerLine) => void): Promise<void> {
    this.#isTurn = false;
    if (this.#line !== null) what(this.#line);
    this.#letGo();
    return this.untilTurn();
  }

  /** Lets so much time pass, whatever happens. */
  wait(ms: number): Promise<void> {
    this.#waiting = true;
    return this.act((line) => {
      line.after(ms, () => {
        this.#waiting = false;
        this.#turn();
      });
    });
  }

  #on(event: SessionEvent): void {
    if (event.type === 'closed') {
      this.#closed = true;
      return this.#wake();
    }
    const isTurn =
      event.type === 'listening'
        ? !event.hold
        : event.type === 'ringing'
          ? event.byHand
          : event.type === 'bridged' || event.type === 'silence';
    if (event.type === 'asking') this.#isTurn = false;
    if (event.type === 'ended') this.#letGo();
    else if (isTurn && !this.#waiting) this.#turn();
  }

  #turn(): void {
    this.#isTurn = true;
    this.#release ??= this.#line?.hold() ?? null;
    this.#wake();
  }

  #letGo(): void {
    this.#release?.();
    this.#release = null;
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}
