import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Flow } from '../flow/effect.ts';
import { hangup } from './hangup.ts';
import { answer } from './make-effects.test-support.ts';

describe('hangup', () => {
  it('is frozen data', () => {
    expect({ ...hangup() }).toEqual({ kind: 'hangup' });
    expect(Object.isFrozen(hangup())).toBe(true);
  });

  it('never comes back, by its type', () => {
    function* goodbye() {
      return yield* hangup();
    }
    expectTypeOf<ReturnType<typeof goodbye>>().toExtend<Flow<never>>();
    expect(answer(goodbye).yielded).toEqual([hangup()]);
  });
});
