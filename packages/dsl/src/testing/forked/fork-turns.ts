import type { Action } from '../../callflow/actions.ts';
import type { Decision } from '../../generator/decision.ts';
import type { HeardBatch, RecordedCall } from '../../recorded/recorded-call.ts';
import type { ForkAnswer, ForkTurn } from './fork.ts';

interface Open {
  readonly after: number;
  readonly site: string;
  readonly actions: readonly Action[];
  readonly voice: string;
  readonly steps: readonly ForkAnswer[];
  readonly again: string[];
}

/** Writes a fork down, turn by turn: what is said, beside what was said then, and what came of it. */
export class ForkTurns {
  readonly #recorded: RecordedCall;
  readonly #heard: ReadonlyMap<number, HeardBatch>;
  readonly #turns: ForkTurn[] = [];
  #steps: ForkAnswer[] = [];
  #open: Open | null = null;

  constructor(recorded: RecordedCall) {
    this.#recorded = recorded;
    this.#heard = new Map((recorded.heard ?? []).map((batch) => [batch.after, batch]));
  }

  /** The flow has spoken and waits for the platform, with `after` answers so far. */
  said({ site, actions, voice }: Decision, after: number): void {
    if (this.#open !== null) return;
    this.#open = { after, site, actions, voice, steps: this.#steps, again: [] };
    this.#steps = [];
  }

  /** Said while keys are waited for. */
  again(texts: readonly string[]): void {
    this.#open?.again.push(...texts);
  }

  /** What the flow waited for was answered. */
  answered(before: Decision, answer: ForkAnswer, after: number): void {
    if (before.wait === 'step') {
      this.#steps.push(answer);
      return;
    }
    if (before.wait === 'platform' || before.wait === 'ended') this.said(before, after);
    if (this.#open !== null) this.#turns.push(this.#closed(this.#open, answer));
    this.#open = null;
  }

  list(): readonly ForkTurn[] {
    const open = this.#open ?? (this.#steps.length === 0 ? null : this.#unsaid());
    return open === null ? this.#turns : [...this.#turns, this.#closed({ ...open, steps: [...open.steps] }, null)];
  }

  /** Steps that run for words that are not said yet. */
  #unsaid(): Open {
    return { after: -1, site: '', actions: [], voice: '', steps: this.#steps, again: [] };
  }

  #closed({ again, ...open }: Open, answer: ForkAnswer | null): ForkTurn {
    const { entries, site } = this.#recorded;
    const { after } = open;
    const thenSite = after < 0 || after > entries.length ? null : (entries[after]?.site ?? site);
    return { ...open, again: [...again], then: this.#heard.get(after)?.actions ?? null, thenSite, answer };
  }
}
