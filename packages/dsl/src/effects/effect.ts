/** What a flow may yield: frozen data on one prototype, so that `yield e` and `yield* e` hand the same object to the driver. */
import type { Bridge } from './bridge.ts';
import type { Capture } from './capture.ts';
import type { Composite } from './composite.ts';
import type { Go } from './go.ts';
import type { Hangup } from './hangup.ts';
import type { Log } from './log.ts';
import type { Now } from './now.ts';
import type { PlayFile } from './play-file.ts';
import type { Random } from './random.ts';
import type { Say } from './say.ts';
import type { Step } from './step.ts';
import type { UseLanguage } from './use-language.ts';
import type { UseVoice } from './use-voice.ts';
import { EffectAsTextError } from '../errors/index.ts';
import { currentRun } from './current-run.ts';
import { tracedLine } from './source-line.ts';

/** The shape that all effects share. `R` is what `yield*` gives back. */
export interface EffectBase<K extends string, R> {
  readonly kind: K;
  /** Where the author made this effect (`file:line:column`); only while a flow is verified. */
  readonly source?: string;
  // Method syntax on purpose: it keeps effects with different answers assignable to `Effect`.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript cannot type what a `yield` gives back
  [Symbol.iterator](): Generator<Effect, R, any>;
}

/** Every effect, primitive or composed. */
export type Effect =
  | Say
  | PlayFile
  | Capture
  | Bridge
  | Hangup
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a step may answer anything that JSON holds
  | Step<any>
  | Now
  | Random
  | UseVoice
  | UseLanguage
  | Log
  | Go
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a composed effect may answer anything
  | Composite<any>;

/** The name of an effect's kind. */
export type EffectKind = Effect['kind'];

/** What a flow's body returns: annotate helpers that use a plain `yield` for its answer with it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript cannot type what a `yield` gives back
export type Flow<R = void> = Generator<Effect, R, any>;

const BRAND = Symbol.for('hookswitch.effect');

/**
 * Yields its effect once; while generators are told to return, it is answered in place instead, for JavaScript forgets a `return()` that suspends inside of a `yield*`.
 * A hand-written iterator with `throw`, or `catch` around `yield*` would see the wrong error.
 */
class SingleShot implements Iterator<Effect, unknown, unknown> {
  #effect: Effect | null;
  constructor(effect: Effect) {
    this.#effect = effect;
  }
  next(answer?: unknown): IteratorResult<Effect, unknown> {
    const effect = this.#effect;
    if (effect === null) return { done: true, value: answer };
    this.#effect = null;
    const run = currentRun();
    if (run === null || !run.returning) return { done: false, value: effect };
    const answered = run.inPlace(effect);
    if (answered.how === 'throw') throw answered.error;
    return answered.how === 'yield' ? { done: false, value: answered.effect } : { done: true, value: answered.value };
  }
  throw(error: unknown): IteratorResult<Effect, unknown> {
    throw error;
  }
  return(value: unknown): IteratorResult<Effect, unknown> {
    return { done: true, value };
  }
}

const prototype = {
  [BRAND]: true,
  [Symbol.iterator](this: Effect) {
    return new SingleShot(this);
  },
  /** A forgotten `yield*` would make the caller hear "[object Object]". */
  [Symbol.toPrimitive](this: Effect): never {
    if (this.kind === 'composite') throw new EffectAsTextError(this.name, null);
    throw new EffectAsTextError(this.kind, this.kind === 'step' ? this.name : 'id' in this ? this.id : null);
  },
};

/** Freezes `fields` into an effect. Makers call it last, after they have checked their arguments. `source` is the author's line, where the maker has asked for it already. */
export function makeEffect<E extends Effect>(fields: Omit<E, typeof Symbol.iterator | 'source'>, source?: string): E {
  const effect = Object.assign(Object.create(prototype) as object, fields);
  // A composed effect is made of others, which know their line.
  const line = fields.kind === 'composite' ? undefined : (source ?? tracedLine());
  if (line !== undefined) Object.assign(effect, { source: line });
  return Object.freeze(effect) as unknown as E;
}

/** Tells an effect (of any loaded copy of the framework) from any other value. */
export function isEffect(value: unknown): value is Effect {
  return typeof value === 'object' && value !== null && BRAND in value;
}
