import { describe, expect, expectTypeOf, it } from 'vitest';
import { answer, insideFlow, refusal } from './make-effects.test-support.ts';
import { useLanguage } from './use-language.ts';

const untyped = useLanguage as (...args: readonly unknown[]) => unknown;

describe('useLanguage', () => {
  it('is frozen data', () => {
    expect({ ...useLanguage('zh') }).toEqual({ kind: 'useLanguage', language: 'zh' });
    expect(Object.isFrozen(useLanguage('zh'))).toBe(true);
  });

  it.each([
    ['nothing', () => untyped(), 'HS_EFFECT_ARGUMENT'],
    ['an empty text', () => useLanguage(''), 'HS_EFFECT_ARGUMENT'],
    ['a language without voice', () => insideFlow(() => useLanguage('fr')), 'HS_VOICE_MISSING'],
    ['a prototype key', () => insideFlow(() => useLanguage('constructor')), 'HS_VOICE_MISSING'],
    ['any language in a flow with one voice', () => insideFlow(() => useLanguage('en'), { voice: 'en-US-ZiraRUS' }), 'HS_VOICE_MISSING'],
  ])('refuses at once %s', (_, make, code) => {
    expect(refusal(make)).toMatchObject({ code, argument: 'useLanguage.language' });
  });

  it('names the languages that there are, and the near miss', () => {
    expect(refusal(() => insideFlow(() => useLanguage('zn'))).message).toBe(
      'useLanguage: language must be one that the flow has a voice for: en, zh; got "zn". Did you mean "en"? Add it to `voices` of defineFlow.',
    );
  });

  it('answers nothing', () => {
    const { yielded } = answer(function* () {
      expectTypeOf(yield* useLanguage('zh')).toEqualTypeOf<void>();
    });
    expect(yielded).toHaveLength(1);
  });
});
