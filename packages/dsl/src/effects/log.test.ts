import { describe, expect, expectTypeOf, it } from 'vitest';
import { log } from './log.ts';
import { answer, refusal } from './make-effects.test-support.ts';

const untyped = log as (...args: readonly unknown[]) => unknown;

describe('log', () => {
  it('is frozen data', () => {
    const effect = log('customer found', { vip: true });
    expect({ ...effect }).toEqual({ kind: 'log', message: 'customer found', fields: { vip: true } });
    expect([effect, effect.fields].every(Object.isFrozen)).toBe(true);
  });

  it.each([
    ['no message', () => untyped(), 'log.message'],
    ['an empty message', () => log(''), 'log.message'],
    ['fields that are no object', () => untyped('a', 'b'), 'log.fields'],
    ['fields that are null', () => untyped('a', null), 'log.fields'],
    ['a list of fields', () => untyped('a', ['b']), 'log.fields'],
    ['an error', () => log('a', { error: new RangeError('b') }), 'log.fields'],
    ['a function', () => log('a', { run: () => 1 }), 'log.fields'],
  ])('refuses at once %s', (_, make, argument) => {
    expect(refusal(make)).toMatchObject({ code: 'HS_EFFECT_ARGUMENT', argument });
  });

  it('answers nothing', () => {
    const { yielded } = answer(function* () {
      expectTypeOf(yield* log('a')).toEqualTypeOf<void>();
    });
    expect(yielded).toEqual([log('a')]);
  });
});
