import type { Chart } from '../chart/chart.ts';
import { targetOf } from '../chart/not-placed.ts';
import { type TakenArrow, takenArrows } from '../chart/taken-arrow.ts';
import type { Call } from '../flow/call.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';

/** Where a flow stands, as far as its arrows need it. */
type Stood = Pick<Decision, 'site' | 'wait' | 'effect' | 'actions' | 'ending'>;

/** Follows one call over the chart, answer by answer, and says which arrows it takes. */
export class ArrowTrail {
  readonly #chart: Pick<Chart, 'arrowsFrom'>;
  readonly #call: Call;
  /** How many callflows were answered, holds included. */
  #turns = 0;
  /** The session ended while a step is running; how that ends makes one arrow with it. */
  #leftAtStep = false;

  constructor(chart: Pick<Chart, 'arrowsFrom'>, call: Call) {
    this.#chart = chart;
    this.#call = call;
  }

  /** A trail of its own that has come as far. */
  copy(): ArrowTrail {
    const copy = new ArrowTrail(this.#chart, this.#call);
    copy.#turns = this.#turns;
    copy.#leftAtStep = this.#leftAtStep;
    return copy;
  }

  /** The call begins, and stands at `first`. */
  begins(first: Stood): TakenArrow {
    const to = this.#target(first);
    const charted = this.#chart.arrowsFrom('idle').some((arrow) => arrow.to === to);
    return { from: 'idle', label: '', to, when: 'start', charted };
  }

  /** One answer led from `before` to `after`; several arrows where it is the example of each. */
  goesOn(before: Stood, entry: Entry, after: Stood): readonly TakenArrow[] {
    const ends = 'ended' in entry;
    if (ends && before.wait === 'step') {
      this.#leftAtStep = true;
      return [];
    }
    if (before.wait === 'platform' || before.wait === 'signal') this.#turns++;
    const { site: from, effect } = before;
    const when = before.ending || ends ? 'ended' : 'answer';
    const answered = { from, effect, entry, to: this.#target(after), when, leftAtStep: this.#leftAtStep } as const;
    this.#leftAtStep = false;
    return takenArrows(this.#chart, answered);
  }

  #target(position: Stood): string {
    return targetOf(position, { call: this.#call, turns: this.#turns });
  }
}
