import { argumentError } from '../arguments/check-argument.ts';
import { isGenerator, mayGiveGenerator, notGeneratorFunction } from '../arguments/generator-function.ts';
import { describeValue } from '../callflow/describe-value.ts';
import type { Effect, Flow } from '../flow/effect.ts';
import { type Composite, inFrame } from './composite.ts';

const EFFECT = 'uninterruptible';
const WRITE = 'Write uninterruptible(function* () { … }).';

/**
 * A part of a flow that is never cut short: once it has begun, or is reached, it runs to its end, though the session ends or the caller presses *back* or *main*.
 * Gives back what its body returns. What must be undone is undone in one:
 *
 * ```ts
 * const table = yield* step('reserve', () => tables.reserve());
 * try {
 *   yield* bridge(agent);
 * } finally {
 *   yield* uninterruptible(function* () {
 *     yield* step('free', () => tables.free(table));
 *   });
 * }
 * ```
 *
 * A step in it is not aborted when the caller hangs up. After the end of the session steps are performed and `log` works; speech is not spoken, a capture gives null, a bridge the outcome `unknown`.
 * While a branch is left by *back* or *main*, what it says is spoken. The body itself can end it sooner: by `return`, by an error, by `hangup()`, and by *back* or *main*
 * at a question that it asks.
 *
 * @throws EffectArgumentError at once: `HS_EFFECT_ARGUMENT` for anything but a generator function, or a function that gives a generator.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
export function uninterruptible<R>(body: () => Generator<Effect, R, any>): Composite<R> {
  if (!mayGiveGenerator(body)) throw wrong('must be a generator function', body);
  return inFrame(EFFECT, EFFECT, () => {
    const started: unknown = body();
    if (isGenerator(started)) return started as Flow<R>;
    throw wrong('must give a generator when it is called', started);
  });
}

function wrong(says: string, value: unknown): Error {
  const known = typeof value === 'function' || isGenerator(value) || value instanceof Promise;
  const { came, fix } = known ? notGeneratorFunction(value) : { came: describeValue(value), fix: WRITE };
  return argumentError('HS_EFFECT_ARGUMENT', EFFECT, 'body', { says, came, fix });
}
