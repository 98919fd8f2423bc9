import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Flow } from '../flow/effect.ts';
import { decline } from './decline.ts';
import { answer, insideFlow, refusal } from './make-effects.test-support.ts';

describe('decline', () => {
  it('is frozen data', () => {
    expect({ ...decline('opted out') }).toEqual({ kind: 'decline', reason: 'opted out' });
    expect(Object.isFrozen(decline('opted out'))).toBe(true);
  });

  it('never comes back, by its type', () => {
    function* silent() {
      return yield* decline('opted out');
    }
    expectTypeOf<ReturnType<typeof silent>>().toExtend<Flow<never>>();
    expect(answer(silent).yielded).toEqual([decline('opted out')]);
  });

  it.each([
    ['an empty text', ''],
    ['nothing', undefined],
    ['a number', 7],
    ['too long a text', 'x'.repeat(201)],
    ['half of a character', 'a\ud83d'],
  ])('refuses %s as its reason', (_what, reason) => {
    expect(refusal(() => decline(reason as string))).toMatchObject({ code: 'HS_EFFECT_ARGUMENT', argument: 'decline.reason' });
  });

  it('is refused by its maker in a call that has come in', () => {
    expect(refusal(() => insideFlow(() => decline('opted out')))).toMatchObject({
      code: 'HS_DECLINE_INBOUND',
      message:
        'decline: the call must be outbound; got a call that has come in. Look at call.direction first; where a call has come in, say goodbye, and hangup().',
    });
  });
});
