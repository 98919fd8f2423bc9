import { describe, expect, expectTypeOf, it } from 'vitest';
import { answer, refusal } from './make-effects.test-support.ts';
import { useVoice } from './use-voice.ts';

const untyped = useVoice as (...args: readonly unknown[]) => unknown;

describe('useVoice', () => {
  it('is frozen data', () => {
    expect({ ...useVoice('en-US-ZiraRUS') }).toEqual({ kind: 'useVoice', voice: 'en-US-ZiraRUS' });
    expect(Object.isFrozen(useVoice('en-US-ZiraRUS'))).toBe(true);
  });

  it.each([
    ['nothing', () => untyped(), 'HS_CALLFLOW_VOICE_REQUIRED'],
    ['an empty text', () => useVoice(''), 'HS_CALLFLOW_VOICE'],
    ['a newline', () => useVoice('en-US\nZiraRUS'), 'HS_CALLFLOW_CONTROL_CHARACTER'],
  ])('refuses at once %s', (_, make, code) => {
    expect(refusal(make)).toMatchObject({ code, argument: 'useVoice.voice' });
  });

  it('answers nothing', () => {
    const { yielded } = answer(function* () {
      expectTypeOf(yield* useVoice('en-US-ZiraRUS')).toEqualTypeOf<void>();
    });
    expect(yielded).toHaveLength(1);
  });
});
