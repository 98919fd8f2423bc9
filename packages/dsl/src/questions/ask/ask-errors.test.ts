import { describe, expect, it } from 'vitest';
import { flowOf, play } from '../play.test-support.ts';
import { digits } from '../validators/digits.ts';
import { ask } from './ask.ts';

const loose = ask as unknown as (prompt: unknown, options?: unknown) => Generator<never>;

describe('a question that can never work', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['an unknown option', { validator: digits(4) }, 'HS_EFFECT_OPTION_UNKNOWN', /Did you mean "validate"/],
    ['a function as validator', { validate: () => true }, 'HS_ASK_VALIDATOR', /custom\(\(digits\)/],
    ['a text as validator', { validate: 'digits' }, 'HS_ASK_VALIDATOR', /must be a validator/],
    ['a text as confirmation', { confirm: 'yes' }, 'HS_EFFECT_ARGUMENT', /confirm: true/],
    ['a confirmation with an unknown option', { confirm: { promt: 'Right?' } }, 'HS_EFFECT_OPTION_UNKNOWN', /Did you mean "prompt"/],
    ['a confirmation without words', { confirm: { prompt: '' } }, 'HS_CALLFLOW_PROMPT_LENGTH', /confirm: prompt/],
    ['a long name with a confirmation', { id: 'a'.repeat(57), confirm: true }, 'HS_EFFECT_ARGUMENT', /56 characters/],
    ['an async function as otherwise', { otherwise: async () => undefined }, 'HS_MENU_BRANCH', /async/],
    ['attempts of no event', { attempts: { noMatch: 2 } }, 'HS_EFFECT_OPTION_UNKNOWN', /tooShort/],
    ['examples that can not be keyed in', { examples: ['12#'] }, 'HS_EFFECT_ARGUMENT', /examples/],
    ['a pause that is too long', { digitTimeout: 40_000 }, 'HS_CALLFLOW_DIGIT_ABOVE_OVERALL_TIMEOUT', /digitTimeout/],
    ['a prompt that ends in audio', { tooShort: { audio: 'https://acme.test/a.wav' } }, 'HS_CAPTURE_PROMPT_END', /tooShort/],
  ])('is refused where it is made: %s', (_what, options, code, message) => {
    expect(() => loose('Number?', options)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error,
    );
  });

  it('tells at once that a language is missing', () => {
    const { error } = play(
      function* () {
        yield* ask({ en: 'Number?' });
      },
      [],
      { voices: { en: 'en-US-BenjaminRUS', de: 'de-DE-Hedda' } },
    );
    expect(error).toMatchObject({ code: 'HS_TEXT_LANGUAGE_MISSING', argument: 'ask.prompt' });
  });

  it('tells at once that keys of the flow hide the answers of its confirmation', () => {
    const { error } = play(
      function* () {
        yield* ask('Number?', { id: 'number', confirm: true });
      },
      [],
      { keys: { repeat: '2' } },
    );
    expect(error).toMatchObject({ code: 'HS_KEYS_CLASH' });
  });

  it('can not begin a flow with a phrase in half of its languages', () => {
    const phrases = { readBack: { en: '{entry}?' } };
    const voices = { en: 'en-US-BenjaminRUS', de: 'de-DE-Hedda' };
    expect(() => flowOf(function* () {}, { voices, phrases })).toThrow(/phrases\.readBack must have every language .* Add de\./);
  });
});
