import type { Call } from './call.ts';
import type { FlowOptions } from './define-flow.ts';

/** What a maker may know of the call in which it is called. Absent outside a running flow, e.g. for effects made once per module. */
export interface CurrentRun {
  /** The options of the running flow, complete with defaults. */
  readonly options: FlowOptions;
  readonly call: Call;
  /** The language that is spoken now, or null where the flow speaks one language only. */
  readonly language: string | null;
  /** Names of the sub-flows that are being run, outermost first. */
  path: readonly string[];
  /** Branch menus that are open, outermost first; kept by `menu`. */
  branches: readonly string[];
  /** True while a flow is verified: makers then note the author's line. */
  readonly traced: boolean;
}

const KEY = Symbol.for('hookswitch.current-run');
type Holder = { [KEY]?: CurrentRun | null };

/** The run whose generator is being pulled right now, or null. On `globalThis`, so that two loaded copies of the framework agree. */
export function currentRun(): CurrentRun | null {
  return (globalThis as Holder)[KEY] ?? null;
}

/** Makes `run` the current one and returns the one before it. The driver calls it around each pull. */
export function enterRun(run: CurrentRun | null): CurrentRun | null {
  const holder = globalThis as Holder;
  const before = holder[KEY] ?? null;
  holder[KEY] = run;
  return before;
}
