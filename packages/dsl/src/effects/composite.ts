import type { Effect, Flow } from '../flow/effect.ts';
import { isEffect, makeEffect } from '../flow/make-effect.ts';

/**
 * What the driver keeps a frame for: `branch` and `operator` are what the universal keys back and main leave, `uninterruptible` is run to its end.
 * A composed effect without one (null) is run in place by `yield*`.
 */
export type FrameKind = 'branch' | 'operator' | 'uninterruptible';

/** An effect made of other effects: `menu`, `ask`, `confirm`, `uninterruptible`. `yield*` runs its body in place, unless it needs a frame; after a plain `yield` the driver runs it. */
export interface Composite<R> extends Effect<'composite', R> {
  readonly name: string;
  readonly frame: FrameKind | null;
  body(): Flow<unknown>;
}

/** As other effects, but `yield*` runs the body. */
const prototype = Object.create(
  Object.getPrototypeOf(makeEffect<Composite<unknown>>({ kind: 'composite', name: '', frame: null, body: nothing })) as object,
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
  const fields = makeEffect<Composite<R>>({ kind: 'composite', name, frame: null, body });
  return Object.freeze(Object.assign(Object.create(prototype) as object, fields)) as Composite<R>;
}

/** Makes a composed effect whose body the driver runs in a frame, however it was yielded. */
export function inFrame<R>(name: string, frame: FrameKind, body: () => Flow<R>): Composite<R> {
  return makeEffect<Composite<R>>({ kind: 'composite', name, frame, body });
}

function* nothing(): Flow {}

/** Tells a composed effect from any other value. */
export function isComposite(value: unknown): value is Composite<unknown> {
  return isEffect(value) && value.kind === 'composite';
}
