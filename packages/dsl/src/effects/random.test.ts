import { describe, expect, expectTypeOf, it } from 'vitest';
import { answer } from './make-effects.test-support.ts';
import { random } from './random.ts';

describe('random', () => {
  it('is frozen data that answers a number', () => {
    const { yielded, result } = answer(function* () {
      const drawn = yield* random();
      expectTypeOf(drawn).toEqualTypeOf<number>();
      return drawn;
    }, 0.5);
    expect([yielded, result]).toEqual([[random()], 0.5]);
    expect(Object.isFrozen(random())).toBe(true);
  });
});
