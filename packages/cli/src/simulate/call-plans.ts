import type { FlowModule, FlowOptions } from '@hookswitch/dsl';
import type { Party, randomFrom as RandomFrom } from '@hookswitch/simulator';

/** One call of a simulation, before it begins. */
export interface CallPlan {
  readonly direction: 'inbound' | 'outbound';
  /** Who calls, E.164; null where the number is withheld. */
  readonly from: string | null;
  readonly to: string;
  /** Params of an outbound call. */
  readonly params: Readonly<Record<string, unknown>>;
  /** How an outbound call is taken. */
  readonly party: Party;
}

/** Which way calls go: as the flow's examples say, or all of them one way. */
export type Directions = readonly ('inbound' | 'outbound')[];

const VIRTUAL_NUMBER = '+6560000000';

/** Draws the calls of a simulation from what the flow gives as examples; each from a seeded stream of its own. */
export class CallPlans {
  readonly #options: FlowOptions;
  readonly #directions: Directions;
  readonly #number: string;
  readonly #seed: string;
  readonly #randomFrom: typeof RandomFrom;

  /** `number`: the virtual number that the flow answers, null where it answers any. */
  constructor(flow: FlowModule, directions: Directions, number: string | null, seed: string, randomFrom: typeof RandomFrom) {
    this.#options = flow.options;
    this.#directions = directions;
    this.#number = number ?? flow.options.examples.to?.[0] ?? VIRTUAL_NUMBER;
    this.#seed = seed;
    this.#randomFrom = randomFrom;
  }

  of(index: number): CallPlan {
    const { examples } = this.#options;
    const random = this.#randomFrom(this.#seed, 'plan', index);
    const somebody = `+65${80_000_000 + (index % 10_000_000)}`;
    const pick = <T>(first: T, others: readonly T[]): T => random.pick([first, ...others]);
    const [way = 'inbound', ...ways] = this.#directions;
    const direction = pick(way, ways);
    const from = pick<string | null>(somebody, examples.from ?? []);
    const [first = {}, ...others] = (examples.params ?? []) as readonly Readonly<Record<string, unknown>>[];
    const params = pick(first, others);
    const party = partyFrom(random.next());
    return direction === 'inbound'
      ? { direction, from, to: this.#number, params, party }
      : { direction, from: this.#number, to: somebody, params, party };
  }

  /** What the second party of a bridge does in the call `name`; each bridge of a call is drawn for itself. */
  partyOf(name: string, destination: string): Party {
    return partyFrom(this.#randomFrom(this.#seed, 'party', name, destination).next());
  }
}

/** Most answer; the others are busy, stay away, decline, or fail. */
function partyFrom(number: number): Party {
  if (number < 0.6) return { does: 'answers' };
  return { does: (['busy', 'no-answer', 'declines', 'fails'] as const)[Math.floor((number - 0.6) * 10)] ?? 'fails' };
}

/** Which ways the calls of a flow go: in, and out where its examples or params say so. */
export function directionsOf({ options }: FlowModule): Directions {
  return [...new Set(['inbound' as const, ...(options.examples.direction ?? [])])];
}
