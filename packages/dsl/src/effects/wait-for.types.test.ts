import { describe, expectTypeOf, it } from 'vitest';
import type { Flow } from '../flow/effect.ts';
import type { StandardSchema } from '../flow/flow-options.ts';
import { type SignalResult, waitFor } from './wait-for.ts';

declare const paidSchema: StandardSchema<{ readonly amount: number }>;

describe('waitFor', () => {
  it('gives the value of its schema once it has arrived', () => {
    function* flow(): Flow<number> {
      const paid = yield* waitFor('paid', { schema: paidSchema });
      expectTypeOf(paid).toEqualTypeOf<SignalResult<{ readonly amount: number }>>();
      // @ts-expect-error: nothing has arrived yet
      void paid.value;
      return paid.arrived ? paid.value.amount : 0;
    }
    expectTypeOf(flow).returns.toExtend<Flow<number>>();
  });

  it('gives something unknown without a schema', () => {
    expectTypeOf(waitFor('paid')[Symbol.iterator]().next).toBeFunction();
    function* flow(): Flow {
      const any = yield* waitFor('any');
      if (any.arrived) expectTypeOf(any.value).toBeUnknown();
    }
    expectTypeOf(flow).toBeFunction();
  });

  it('takes lengths of time with a unit', () => {
    waitFor('a', { timeout: '5m' });
    // @ts-expect-error: a unit is missing
    const wrong = (): unknown => waitFor('a', { timeout: '5' });
    expectTypeOf(wrong).toBeFunction();
  });
});
