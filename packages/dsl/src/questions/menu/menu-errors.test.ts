import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHookswitchError } from '../../errors/index.ts';
import { play } from '../play.test-support.ts';
import { menu } from './menu.ts';
import { optionKeys } from './option-keys.ts';

const loose = menu as unknown as (prompt: unknown, options: unknown, settings?: unknown) => unknown;
const errorOf = (make: () => unknown): { readonly code: string; readonly message: string } => {
  try {
    make();
  } catch (error) {
    if (isHookswitchError(error)) return error;
    throw error;
  }
  return { code: 'none', message: '' };
};

describe('a menu that can never work', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['no options', {}, 'HS_MENU_OPTIONS', /must be an object from keys/],
    ['a list', ['billing'], 'HS_MENU_OPTIONS', /got a list/],
    ['nothing', undefined, 'HS_MENU_OPTIONS', /got nothing/],
    ['a letter', { a: 1 }, 'HS_MENU_KEY', /keys 0-9/],
    ['otherwise among the options', { 1: 1, otherwise: 2 }, 'HS_MENU_KEY', /the option `otherwise` of the menu/],
    ['a # that does not stand alone', { '1#': 1 }, 'HS_MENU_KEY', /only stand alone/],
    ['an empty part', { '1,': 1 }, 'HS_MENU_KEY', /must be keys/],
    ['a range downwards', { '6-4': 1 }, 'HS_MENU_KEY', /Did you mean "4-6"/],
    ['a range of two lengths', { '8-12': 1 }, 'HS_MENU_KEY', /08-12/],
    ['a huge range', { '0000-9999': 1 }, 'HS_MENU_KEY', /100 entries/],
    ['26 keys', { ['1'.repeat(26)]: 1 }, 'HS_MENU_KEY', /25 keys/],
    ['a clash', { '1,2': 1, '2-3': 2 }, 'HS_MENU_CLASH', /the key "2", which "1,2" has too/],
    ['a key twice', { '1,1': 1 }, 'HS_MENU_CLASH', /one key twice/],
  ])('is refused where it is made: %s', (_what, options, code, message) => {
    const error = errorOf(() => loose('Choose.', options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it.each<[string, unknown, RegExp]>([
    ['values beside branches', { 1: function* () {}, 2: 'agent' }, /options\["2"\].*must be a generator function/],
    ['an async function', { 1: async () => undefined }, /async function/],
    ['an async generator', { 1: async function* () {} }, /without async/],
    ['a generator', { 1: (function* () {})() }, /without calling it/],
    ['a class', { 1: class {} }, /a class/],
    ['a promise', { 1: Promise.resolve() }, /a promise/],
    ['nothing, as a circular import leaves', { 1: undefined }, /got nothing/],
  ])('tells what came in place of a branch: %s', (_what, options, message) => {
    const error = errorOf(() => loose('Choose.', options));
    expect(error.code).toBe('HS_MENU_BRANCH');
    expect(error.message).toMatch(message);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['an unknown option', { noinput: 'Hello?' }, 'HS_EFFECT_OPTION_UNKNOWN', /Did you mean "noInput"/],
    ['a text as options', 'main', 'HS_EFFECT_ARGUMENT', /must be an object/],
    ['no attempts', { attempts: 0 }, 'HS_EFFECT_ARGUMENT', /from 1 to 100/],
    ['attempts of no event', { attempts: { noinput: 1 } }, 'HS_EFFECT_OPTION_UNKNOWN', /Did you mean "noInput"/],
    ['attempts as a text', { attempts: 'three' }, 'HS_EFFECT_ARGUMENT', /attempts/],
    ['an empty list of prompts', { noMatch: [] }, 'HS_EFFECT_ARGUMENT', /an empty list/],
    ['a prompt that ends in audio', { noMatch: [[{ audio: 'https://acme.test/a.wav' }]] }, 'HS_CAPTURE_PROMPT_END', /noMatch\[0\]/],
    ['an empty prompt', { noInput: [''] }, 'HS_CALLFLOW_PROMPT_LENGTH', /noInput\[0\]/],
    ['a bad name', { id: 'main menu' }, 'HS_EFFECT_ARGUMENT', /id/],
    [
      'a pause longer than the whole',
      { digitTimeout: 9_000, overallTimeout: 8_000 },
      'HS_CALLFLOW_DIGIT_ABOVE_OVERALL_TIMEOUT',
      /digitTimeout/,
    ],
    ['a generator as otherwise', { otherwise: (function* () {})() }, 'HS_MENU_BRANCH', /otherwise/],
  ])('checks its options where it is made: %s', (_what, settings, code, message) => {
    const error = errorOf(() => loose('Choose.', { 1: 'a', 12: 'b' }, settings));
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
  });

  it('checks its prompt where it is made', () => {
    expect(errorOf(() => loose('', { 1: 'a' })).message).toMatch(/^menu: prompt/);
  });

  it('says so in the flow when a branch gives no generator', () => {
    const { error } = play(
      function* () {
        yield* loose('Choose.', { 1: () => 'billing' }, { id: 'm' }) as ReturnType<typeof menu>;
      },
      ['1'],
    );
    expect(error).toMatchObject({ code: 'HS_MENU_BRANCH' });
  });
});

describe('keys of options', () => {
  const keys = fc.stringMatching(/^[0-9*]{1,25}$/);

  it('are what is written, for every list of keys', () => {
    fc.assert(
      fc.property(fc.array(keys, { minLength: 1 }), (list) => {
        expect(optionKeys(list.join(','))).toEqual(list);
      }),
    );
  });

  it('are every number of every range, with its zeros', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 899 }), fc.integer({ min: 0, max: 99 }), (from, more) => {
        const written = (number: number): string => String(number).padStart(3, '0');
        const all = optionKeys(`${written(from)}-${written(from + more)}`);
        expect(all).toEqual(Array.from({ length: more + 1 }, (_, index) => written(from + index)));
      }),
    );
  });
});
