import type { Chart } from '../chart/chart.ts';
import { targetOf } from '../chart/not-placed.ts';
import { type TakenArrow, takenArrows } from '../chart/taken-arrow.ts';
import type { Call } from '../flow/call.ts';
import type { CompiledFlow, Position } from '../machine/compile.ts';

/** What makes a call: a test by its own hand, `testEveryPath`, or `forEveryCall`. */
export type CallMaker = 'test' | 'every-path' | 'every-call';

/** Records each arrow that a test call takes, as soon as it is taken. */
export interface CallRecorder {
  took(chart: Chart, arrow: TakenArrow, maker: CallMaker): void;
}

/** Where the recorder of this process stands: one for all loaded copies of the framework, whose modules know nothing of each other. */
const PLACE = Symbol.for('hookswitch.call-recorder');

/** Who records the calls of this process; null where nobody does. */
export function recorder(): CallRecorder | null {
  return (globalThis as { [PLACE]?: CallRecorder })[PLACE] ?? null;
}

/** Has all calls recorded that begin from now on; null ends it. */
export function recordCalls(to: CallRecorder | null): void {
  if (to === null) delete (globalThis as { [PLACE]?: CallRecorder })[PLACE];
  else (globalThis as { [PLACE]?: CallRecorder })[PLACE] = to;
}

/** Follows a call for the recorder; null where nobody records. */
export function trailOf(compiled: CompiledFlow, call: Call, maker: CallMaker): Trail | null {
  const to = recorder();
  return to === null ? null : new Trail(compiled.chart, call, (arrow) => to.took(compiled.chart, arrow, maker));
}

/** The arrows that one call takes, one after the other. */
export class Trail {
  readonly #chart: Chart;
  readonly #call: Call;
  readonly #took: (arrow: TakenArrow) => void;
  /** How many callflows were answered. */
  #turns = 0;
  /** The session ended while a step is running; how that ends makes one arrow with it. */
  #leftAtStep = false;

  constructor(chart: Chart, call: Call, took: (arrow: TakenArrow) => void) {
    this.#chart = chart;
    this.#call = call;
    this.#took = took;
  }

  /** The call begins, and stands at `first`. */
  begins(first: Position): void {
    const to = this.#target(first);
    const charted = this.#chart.arrowsFrom('idle').some((arrow) => arrow.to === to);
    this.#took({ from: 'idle', label: '', to, when: 'start', charted });
  }

  /** One answer led from `before` to `after`. */
  goesOn(before: Position, after: Position): void {
    const entry = after.journal.entry;
    if (entry === null || after.journal.length === before.journal.length) return;
    const ends = 'ended' in entry;
    if (ends && before.wait === 'step') {
      this.#leftAtStep = true;
      return;
    }
    if (before.wait === 'platform') this.#turns++;
    const { site: from, effect } = before;
    const when = before.ending || ends ? 'ended' : 'answer';
    const answered = { from, effect, entry, to: this.#target(after), when, leftAtStep: this.#leftAtStep } as const;
    this.#leftAtStep = false;
    for (const arrow of takenArrows(this.#chart, answered)) this.#took(arrow);
  }

  #target(position: Position): string {
    return targetOf(position, { call: this.#call, turns: this.#turns });
  }
}
