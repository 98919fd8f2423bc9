import { describe, expect, expectTypeOf, it } from 'vitest';
import { answer } from './make-effects.test-support.ts';
import { now } from './now.ts';

describe('now', () => {
  it('is frozen data that answers a date', () => {
    const { yielded, result } = answer(function* () {
      const time = yield* now();
      expectTypeOf(time).toEqualTypeOf<Date>();
      return time;
    }, new Date(0));
    expect([yielded, result]).toEqual([[now()], new Date(0)]);
    expect(Object.isFrozen(now())).toBe(true);
  });
});
