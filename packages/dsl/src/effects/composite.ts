import type { EffectBase, Flow } from './effect.ts';
import { isEffect, makeEffect } from './effect.ts';

/** An effect made of other effects: `menu`, `ask`, `confirm`. `yield*` runs its body in place; after a plain `yield` the driver runs it. */
export interface Composite<R> extends EffectBase<'composite', R> {
  readonly name: string;
  body(): Flow<R>;
}

/** As other effects, but `yield*` runs the body. */
const prototype = Object.create(
  Object.getPrototypeOf(makeEffect<Composite<unknown>>({ kind: 'composite', name: '', body: nothing })) as object,
  {
    [Symbol.iterator]: {
      value(this: Composite<unknown>) {
        return this.body();
      },
    },
  },
) as object;

/** Makes a composed effect. `body` is called anew each time that the effect is yielded. */
export function composite<R>(name: string, body: () => Flow<R>): Composite<R> {
  const fields = makeEffect<Composite<R>>({ kind: 'composite', name, body });
  return Object.freeze(Object.assign(Object.create(prototype) as object, fields)) as Composite<R>;
}

function* nothing(): Flow {}

/** Tells a composed effect from any other value. */
export function isComposite(value: unknown): value is Composite<unknown> {
  return isEffect(value) && value.kind === 'composite';
}
