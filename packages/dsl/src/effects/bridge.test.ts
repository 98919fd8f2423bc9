import { describe, expect, expectTypeOf, it } from 'vitest';
import { bridge, type BridgeResult } from './bridge.ts';
import { answer, refusal } from './make-effects.test-support.ts';

const untyped = bridge as (...args: readonly unknown[]) => unknown;

describe('bridge', () => {
  it('is frozen data with its defaults, its number as written', () => {
    const defaults = { id: null, from: null, callRecording: null, clientActionId: null };
    expect({ ...bridge('+6531589338') }).toEqual({ kind: 'bridge', to: '+6531589338', ...defaults });
    expect(bridge('6531589338', { id: null, from: null, callRecording: null }).to).toBe('6531589338');
    expect(Object.isFrozen(bridge('6531589338'))).toBe(true);
  });

  it.each([
    ['nothing', () => untyped(), 'HS_CALLFLOW_DESTINATION_REQUIRED', 'to'],
    ['a withheld number', () => untyped(null), 'HS_CALLFLOW_DESTINATION_REQUIRED', 'to'],
    ['a national number', () => bridge('031589338'), 'HS_CALLFLOW_DESTINATION', 'to'],
    ['a number with spaces', () => bridge('+65 3158 9338'), 'HS_CALLFLOW_DESTINATION', 'to'],
    ['two numbers', () => bridge('+6531589338,+6531589339'), 'HS_CALLFLOW_MULTIPLE_DESTINATIONS', 'to'],
    ['from', () => bridge('+6531589338', { from: 'Acme' }), 'HS_CALLFLOW_SOURCE', 'from'],
    ['callRecording', () => untyped('+6531589338', { callRecording: 'yes' }), 'HS_CALLFLOW_CALL_RECORDING', 'callRecording'],
    ['the id', () => bridge('+6531589338', { id: '' }), 'HS_EFFECT_ARGUMENT', 'id'],
    ['an unknown option', () => untyped('+6531589338', { record: true }), 'HS_EFFECT_OPTION_UNKNOWN', 'record'],
  ])('refuses at once %s', (_, make, code, argument) => {
    expect(refusal(make)).toMatchObject({ code, argument: `bridge.${argument}` });
  });

  it('never shows the number that it refuses', () => {
    expect(refusal(() => bridge('0065 3158 9338')).message).not.toMatch(/\d{4}/);
  });

  it('answers how it ended, by yield and yield* alike', () => {
    const busy: BridgeResult = { outcome: 'busy', sipCode: 486, duration: null };
    const { result } = answer(function* () {
      const typed = yield* bridge('+6531589338');
      expectTypeOf(typed).toEqualTypeOf<BridgeResult>();
      return typed;
    }, busy);
    expect(result).toBe(busy);
  });
});
