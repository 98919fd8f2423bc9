import type { Call } from './call.ts';
import type { Effect } from './effect.ts';
import type { FlowOptions } from './flow-options.ts';
import type { SensitiveValues } from './sensitive-values.ts';

/** What becomes of an effect whose `yield*` may not suspend: an answer, an error, or an effect that is yielded after all. */
export type InPlace =
  | { readonly how: 'next'; readonly value: unknown }
  | { readonly how: 'throw'; readonly error: unknown }
  | { readonly how: 'yield'; readonly effect: Effect };

/** What a maker may know of the call in which it is called. Absent outside a running flow, e.g. for effects made once per module. */
export interface CurrentRun {
  /** The options of the running flow, complete with defaults. */
  readonly options: FlowOptions;
  readonly call: Call;
  /** What was answered at its sensitive sites so far. */
  readonly sensitive: SensitiveValues;
  /** The language that is spoken now, or null where the flow speaks one language only. */
  readonly language: string | null;
  /** Whether it has said, asked or connected something, or waited for a signal: an outbound call is placed for that. */
  readonly hasSpoken: boolean;
  /** Names of the sub-flows that are being run, outermost first. */
  path: readonly string[];
  /** How many branches of menus are open. */
  readonly branches: number;
  /** Whether the flow's operator is being run: its key then does nothing, or operators would pile up. */
  readonly operating: boolean;
  /** True while a flow is verified: makers then note the author's line. */
  readonly traced: boolean;
  /** True while generators are told to return: what their `finally` blocks yield is then answered in place. */
  readonly returning: boolean;
  /** Answers an effect in place. */
  inPlace(effect: Effect): InPlace;
  /** Says that an error is about to be thrown by the framework's own generators: what catches it is no `finally` block. */
  doubt(): void;
}

const KEY = Symbol.for('hookswitch.current');
interface Holder {
  run: CurrentRun | null;
}

/** On `globalThis`, so that two loaded copies of the framework agree. */
const holder: Holder = ((globalThis as { [KEY]?: Holder })[KEY] ??= { run: null });

/** The run whose generator is being pulled right now, or null. */
export function currentRun(): CurrentRun | null {
  return holder.run;
}

/** Makes `run` the current one and returns the one before it. The driver calls it around each pull. */
export function enterRun(run: CurrentRun | null): CurrentRun | null {
  const before = holder.run;
  holder.run = run;
  return before;
}
