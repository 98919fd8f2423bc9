import type { Decision } from './decision.ts';
import { Execution } from './execution.ts';
import type { Entry } from './journal.ts';
import type { Subject } from './subject.ts';

/** A flow in one call: a live generator and the journal that it stands at. */
export class Run {
  readonly #subject: Subject;
  readonly #journal: Entry[] = [];
  #execution: Execution;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#execution = new Execution(subject, this.#journal);
  }

  /** Begins, and goes over `entries`. Throws `DivergenceError` where the code does not wait at the site of one. */
  replay(entries: readonly Entry[]): Decision {
    this.#journal.push(...entries);
    return this.#execution.goOn();
  }

  /** Gives the answer to what the flow waits for, and pulls up to the next wait. Throws as `replay` does. */
  answer(entry: Entry): Decision {
    this.#journal.push(entry);
    // What has stopped in a walk of `return()` can't go on: a generator of its own goes the same way, and finds the answer in the journal.
    if (this.#execution.stranded) this.#execution = new Execution(this.#subject, this.#journal);
    return this.#execution.goOn();
  }

  /** How deep in branches of menus the flow is, and in which sub-flows. */
  get place(): { readonly branches: number; readonly path: readonly string[] } {
    return this.#execution;
  }
}
