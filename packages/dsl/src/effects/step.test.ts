import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Flow } from '../flow/effect.ts';
import { answer, refusal } from './make-effects.test-support.ts';
import { step } from './step.ts';

const untyped = step as (...args: readonly unknown[]) => unknown;
const run = (): number => 1;
const cycle: unknown[] = [];
cycle.push({ cycle });

describe('step', () => {
  it('is frozen data with its defaults', () => {
    const effect = step('find', run, { timeout: null, retries: null, examples: null, onError: null, sensitive: null });
    expect({ ...effect }).toEqual({
      kind: 'step',
      name: 'find',
      run,
      timeout: 10_000,
      retries: 2,
      examples: null,
      onError: null,
      sensitive: false,
    });
    expect(Object.isFrozen(effect)).toBe(true);
  });

  it.each([
    ['the bounds', { timeout: 1, retries: 0 }],
    ['the other bounds', { timeout: 300_000, retries: 10 }],
    [
      'examples that are JSON',
      { examples: { found: { name: 'Ann', age: null, tags: ['a', { b: true }], left: undefined }, missing: null, done: undefined } },
    ],
  ])('takes %s', (_, options) => {
    expect(refusal(() => untyped('find', run, options)).code).toBe('accepted');
  });

  it.each([
    ['a name with blanks', () => step('find customer', run), 'name'],
    ['no name', () => untyped(run), 'name'],
    ['a promise', () => untyped('find', Promise.resolve(1)), 'run'],
    ['no function', () => untyped('find', { found: 1 }), 'run'],
    ['no time', () => step('find', run, { timeout: 0 }), 'timeout'],
    ['too much time', () => step('find', run, { timeout: 300_001 }), 'timeout'],
    ['time without end', () => step('find', run, { timeout: Infinity }), 'timeout'],
    ['too many retries', () => step('find', run, { retries: 11 }), 'retries'],
    ['half a retry', () => step('find', run, { retries: 0.5 }), 'retries'],
    ['onError', () => untyped('find', run, { onError: 0 }), 'onError'],
    ['sensitive', () => untyped('find', run, { sensitive: 1 }), 'sensitive'],
    ['a list of examples', () => untyped('find', run, { examples: [1, 2] }), 'examples'],
    ['a date', () => untyped('find', run, { examples: { found: { born: new Date(0) } } }), 'examples.found'],
    ['a cycle', () => untyped('find', run, { examples: { found: cycle } }), 'examples.found'],
    ['a hole', () => untyped('find', run, { examples: { found: new Array(1) } }), 'examples.found'],
    ['not a number', () => step('find', run, { examples: { found: NaN } }), 'examples.found'],
    ['a bigint', () => untyped('find', run, { examples: { found: 1n } }), 'examples.found'],
    ['an object without class name', () => untyped('find', run, { examples: { a: Object.create({}) } }), 'examples.a'],
  ])('refuses at once %s', (_, make, argument) => {
    expect(refusal(make)).toMatchObject({ code: 'HS_EFFECT_ARGUMENT', argument: `step.${argument}` });
  });

  it('says where an example is not JSON', () => {
    const { message } = refusal(() => untyped('find', run, { examples: { found: { born: new Date(0) } } }));
    expect(message).toContain("examples.found must be JSON, as the step's result must, down to $.born; got a Date.");
  });

  it('names the near miss of an option', () => {
    expect(refusal(() => untyped('find', run, { retrys: 1 }))).toMatchObject({
      code: 'HS_EFFECT_OPTION_UNKNOWN',
      message: expect.stringContaining('Did you mean "retries"?') as unknown,
    });
  });

  it('answers what its function gives, promised or not, by yield*', () => {
    const { result } = answer(
      function* (): Flow<unknown> {
        const count = yield* step('count', run);
        expectTypeOf(count).toEqualTypeOf<number>();
        const customer = yield* step('find', async () => ({ name: 'Ann' }), { examples: { found: { name: 'Bob' } } });
        expectTypeOf(customer).toEqualTypeOf<{ name: string }>();
        const free = yield step('count', run);
        expectTypeOf(free).toBeAny();
        return [count, customer, free];
      },
      1,
      { name: 'Ann' },
      2,
    );
    expect(result).toEqual([1, { name: 'Ann' }, 2]);
  });
});
