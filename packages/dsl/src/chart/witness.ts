import type { Call } from '../flow/call.ts';
import type { Decision, Wait } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';

/** How a place of the chart is reached: the call, its answers, and the labels of these answers, which read as keys to press. */
export interface Witness {
  readonly call: Call;
  readonly entries: readonly Entry[];
  readonly labels: readonly string[];
}

/** A place that exploration reached. */
export interface Reached {
  readonly decision: Decision;
  readonly witness: Witness;
  /** What led here. */
  readonly from: string;
  readonly label: string;
  /** How many callflows were answered before. */
  readonly turns: number;
}

/** One answer on a way: where it was given and what it is called. */
export interface Stage {
  readonly site: string;
  readonly label: string;
}

/** Time between two answers of an explored call, ms. */
export const TICK = 1_000;

/** A way through a flow: a linked list, so that exploration may keep thousands that begin alike. */
export class Way implements Witness {
  readonly call: Call;
  readonly length: number;
  /** How many of the answers were the platform's, or signals, for which it plays a hold. */
  readonly turns: number;
  readonly #previous: Way | null;
  readonly #entry: Entry | null;
  readonly #label: string;
  #entries: readonly Entry[] | null = null;
  #labels: readonly string[] | null = null;

  private constructor(call: Call, previous: Way | null, entry: Entry | null, label: string, turns: number) {
    this.call = call;
    this.length = previous === null ? 0 : previous.length + 1;
    this.turns = turns;
    this.#previous = previous;
    this.#entry = entry;
    this.#label = label;
  }

  /** The way that begins with `call`. */
  static of(call: Call): Way {
    return new Way(call, null, null, '', 0);
  }

  /** This way and one answer more. */
  then(entry: Entry, label: string, wait: Wait): Way {
    return new Way(this.call, this, entry, label, this.turns + (wait === 'platform' || wait === 'signal' ? 1 : 0));
  }

  /** When the next answer comes: milliseconds since 1970, UTC. */
  get nextAt(): number {
    return this.call.startedAt + (this.length + 1) * TICK;
  }

  get entries(): readonly Entry[] {
    return (this.#entries ??= Way.#collect(this, (way) => way.#entry as Entry));
  }

  get labels(): readonly string[] {
    return (this.#labels ??= Way.#collect(this, (way) => way.#label));
  }

  /** How often an answer was given at `site`. */
  visits(site: string): number {
    let count = 0;
    for (const entry of this.entries) if (entry.site === site) count++;
    return count;
  }

  /** The answers since the flow last stood at `site`, the one at `site` first; none where it never did. */
  since(site: string): readonly Stage[] {
    const first = this.entries.findLastIndex((entry) => entry.site === site);
    if (first < 0) return [];
    return this.entries.slice(first).map((entry, index) => ({ site: entry.site, label: this.labels[first + index] as string }));
  }

  toJSON(): Witness {
    return { call: this.call, entries: this.entries, labels: this.labels };
  }

  static #collect<T>(last: Way, part: (way: Way) => T): readonly T[] {
    const list = new Array<T>(last.length);
    for (let way = last; way.#previous !== null; way = way.#previous) list[way.length - 1] = part(way);
    return list;
  }
}
