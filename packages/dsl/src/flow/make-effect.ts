import { EffectAsTextError } from '../errors/index.ts';
import { currentRun } from './current-run.ts';
import type { Effect } from './effect.ts';
import { tracedLine } from './source-line.ts';

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
  [Symbol.toPrimitive](this: Effect & { readonly name?: string; readonly id?: string | null }): never {
    if (this.kind === 'composite') throw new EffectAsTextError(this.name ?? this.kind, null);
    throw new EffectAsTextError(this.kind, this.name ?? this.id ?? null);
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
