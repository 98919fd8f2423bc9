import type { Chart } from '../chart/chart.ts';
import type { TakenArrow } from '../chart/taken-arrow.ts';
import type { Call } from '../flow/call.ts';
import type { CompiledFlow, Position } from '../machine/compile.ts';
import { ArrowTrail } from '../recorded/arrow-trail.ts';

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
  readonly #trail: ArrowTrail;
  readonly #took: (arrow: TakenArrow) => void;

  constructor(chart: Chart, call: Call, took: (arrow: TakenArrow) => void) {
    this.#trail = new ArrowTrail(chart, call);
    this.#took = took;
  }

  /** The call begins, and stands at `first`. */
  begins(first: Position): void {
    this.#took(this.#trail.begins(first));
  }

  /** One answer led from `before` to `after`. */
  goesOn(before: Position, after: Position): void {
    const entry = after.journal.entry;
    if (entry === null || after.journal.length === before.journal.length) return;
    for (const arrow of this.#trail.goesOn(before, entry, after)) this.#took(arrow);
  }
}
