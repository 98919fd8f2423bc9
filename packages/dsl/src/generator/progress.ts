import { DivergenceError, FlowRunawayError } from '../errors/index.ts';
import type { FlowOptions } from '../flow/flow-options.ts';
import type { Entry } from './journal.ts';

/** How far a flow has come in its journal, and how far it may go. */
export class Progress {
  /** Time of the last answer, milliseconds since 1970, UTC. */
  at: number;
  /** The session is over. */
  ending = false;
  /** Answers of the platform so far. */
  turns = 0;
  readonly #options: FlowOptions;
  readonly #journal: readonly Entry[];
  /** How many entries the call's journal has before these. */
  readonly #before: number;
  #next = 0;
  /** Counted anew once the session has ended: what tidies up has a bound of its own, so that a flow that ran away still tidies up. */
  #entries = 0;
  /** Effects since the last answer. */
  #effects = 0;
  #lastSite = 'idle';
  /** Sites of answers that were passed over. */
  readonly #passed = new Set<string>();

  constructor(options: FlowOptions, journal: readonly Entry[], at: number, before: number) {
    this.#options = options;
    this.#journal = journal;
    this.#before = before;
    this.at = at;
  }

  /** The answer that comes next; undefined where the journal has no more. */
  get next(): Entry | undefined {
    return this.#journal[this.#next];
  }

  /**
   * After the end: passes over the answers of what the flow does not come to any more, up to the next one at `site`. A release before ended flows by another rule: what a
   * `catch` did that saw the end is in its journals. False where the session is not over.
   */
  passesTo(site: string): boolean {
    if (!this.ending) return false;
    for (let entry = this.next; entry !== undefined && entry.site !== site; entry = this.next) {
      this.#passed.add(entry.site);
      this.#next++;
    }
    return true;
  }

  /** Whether an answer at `site` was passed over: a step there would be done once more. */
  hasPassed(site: string): boolean {
    return this.#passed.has(site);
  }

  take(entry: Entry): void {
    this.#next++;
    this.#entries++;
    this.#effects = 0;
    this.at = entry.at;
    this.#lastSite = entry.site;
    if (!('ended' in entry)) return;
    this.ending = true;
    this.#entries = 0;
  }

  /** Counts an effect. Gives the error where there are too many of them without an answer. */
  counted(): FlowRunawayError | null {
    return ++this.#effects > this.#options.limits.effectsPerBatch ? this.#runaway('effectsPerBatch') : null;
  }

  /** The error of a call that has become too long; null where it may go on. */
  tooLong(): FlowRunawayError | null {
    const { turns, journalEntries } = this.#options.limits;
    if (!this.ending && this.turns > turns) return this.#runaway('turns');
    return this.#entries > journalEntries ? this.#runaway('journalEntries') : null;
  }

  /** The error of a flow that stands elsewhere than where the next answer was given. */
  divergence(stands: string): DivergenceError {
    return new DivergenceError(this.#options.name, this.#before + this.#next, this.next?.site ?? '', stands);
  }

  #runaway(limit: 'effectsPerBatch' | 'turns' | 'journalEntries'): FlowRunawayError {
    return new FlowRunawayError(this.#options.name, limit, this.#options.limits[limit], this.#lastSite);
  }
}
