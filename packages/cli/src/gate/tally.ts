import { adviseOnReplayed, describeReplayed, REPLAY_VERDICTS, type ReplayedCall, type ReplayVerdict } from '@hookswitch/dsl';

/** What becomes of a call; `no flow`: the project has nothing that would answer it. */
export type GateVerdict = ReplayVerdict | 'no flow';

/** The worst first. */
export const GATE_VERDICTS: readonly GateVerdict[] = ['no flow', ...REPLAY_VERDICTS.toReversed()];

/** Calls of which the same becomes. */
export interface Kind {
  readonly verdict: GateVerdict;
  readonly flow: string;
  /** With which the calls were recorded. */
  readonly version: string;
  /** Where they stood; null where nothing is different. */
  readonly recorded: string | null;
  /** Where the code stands there. */
  readonly now: string | null;
  /** Calls that were replayed. */
  readonly replayed: number;
  /** How many calls these stand for. */
  readonly standsFor: number;
  /** Ids of some of them. */
  readonly calls: readonly string[];
  /** The difference of the first of them, without words of its caller; null where there is none. */
  readonly difference: string | null;
  readonly advice: string | null;
  /** Whether calls in progress that are recorded alike would be answered by the same code. False for past calls of a version that the project keeps beside a newer one. */
  readonly meetsCode: boolean;
}

/** A call and what became of it. */
export interface Judged {
  readonly id: string;
  readonly flow: string;
  readonly version: string;
  readonly standsFor: number;
  readonly meetsCode: boolean;
  readonly outcome: ReplayedCall | { readonly verdict: 'no flow'; readonly difference: string };
}

const MAX_EXAMPLES = 3;

/** Counts calls by what becomes of them. Holds numbers and a few ids, never a journal. */
export class Tally {
  readonly #kinds = new Map<string, Kind>();
  replayed = 0;
  /** Replayed calls whose recording has no words, or none that could be compared. */
  wordless = 0;

  add({ id, flow, version, standsFor, meetsCode, outcome }: Judged): void {
    const place = 'recorded' in outcome ? outcome : { recorded: null, now: null };
    const key = JSON.stringify([outcome.verdict, flow, version, place.recorded, place.now]);
    const known = this.#kinds.get(key);
    if (outcome.verdict !== 'no flow') {
      this.replayed++;
      if (outcome.wordsCompared === 0 && outcome.verdict === 'alike') this.wordless++;
    }
    this.#kinds.set(key, {
      ...(known ?? {
        verdict: outcome.verdict,
        flow,
        version,
        recorded: place.recorded,
        now: place.now,
        meetsCode,
        difference: outcome.verdict === 'no flow' ? outcome.difference : describeReplayed(outcome, { words: false }),
        advice: outcome.verdict === 'no flow' ? null : adviseOnReplayed(outcome),
      }),
      replayed: (known?.replayed ?? 0) + 1,
      standsFor: (known?.standsFor ?? 0) + standsFor,
      calls: known === undefined ? [id] : known.calls.length < MAX_EXAMPLES ? [...known.calls, id] : known.calls,
    });
  }

  /** The worst first, then those that stand for most. */
  get kinds(): readonly Kind[] {
    return [...this.#kinds.values()]
      .map((kind) => ({ ...kind, standsFor: Math.round(kind.standsFor) }))
      .sort((a, b) => GATE_VERDICTS.indexOf(a.verdict) - GATE_VERDICTS.indexOf(b.verdict) || b.standsFor - a.standsFor);
  }

  /** How many calls the replayed ones stand for that came to `verdict`. */
  count(verdict: GateVerdict): number {
    return this.kinds.filter((kind) => kind.verdict === verdict).reduce((sum, { standsFor }) => sum + standsFor, 0);
  }
}
