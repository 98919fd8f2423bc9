import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Flow } from '../flow/effect.ts';
import { capture, type CaptureOptions } from './capture.ts';
import { answer, insideFlow, refusal } from './make-effects.test-support.ts';
import { say } from './say.ts';

const WAV = 'https://acme.test/welcome.wav';
const untyped = capture as (...args: readonly unknown[]) => unknown;

describe('capture', () => {
  it('is frozen data with its defaults', () => {
    const effect = capture('Press 1.');
    expect({ ...effect }).toMatchObject({
      kind: 'capture',
      id: null,
      prompt: 'Press 1.',
      minDigits: 1,
      maxDigits: 25,
      completeOnHash: true,
    });
    expect({ ...effect }).toMatchObject({
      digitTimeout: 5_000,
      overallTimeout: 30_000,
      noOfTries: 3,
      speed: 1,
      repetition: 1,
      sensitive: false,
    });
    expect(Object.isFrozen(effect)).toBe(true);
  });

  it('takes null for every option, as 8x8 does', () => {
    const names = [
      'id',
      'minDigits',
      'maxDigits',
      'completeOnHash',
      'digitTimeout',
      'overallTimeout',
      'noOfTries',
      'successMessage',
    ] as const;
    const more = ['failureMessage', 'speed', 'repetition', 'voice', 'sensitive', 'examples'] as const;
    const options: Required<CaptureOptions> = Object.fromEntries([...names, ...more].map((name) => [name, null])) as never;
    expect(capture('Press 1.', options)).toEqual(capture('Press 1.'));
  });

  it('waits for a digit no longer than for the whole entry', () => {
    expect(capture('Press 1.', { overallTimeout: 3_000 }).digitTimeout).toBe(3_000);
    expect(capture('Press 1.', { overallTimeout: 3_000, digitTimeout: 3_000 }).digitTimeout).toBe(3_000);
  });

  it('keeps a prompt of texts and audio files, frozen and mended', () => {
    const { prompt } = capture(['Welcome\nto Acme.', { audio: WAV }, { en: 'Press 1.', zh: '请按一。' }]);
    expect(prompt).toEqual(['Welcome to Acme.', { audio: WAV }, { en: 'Press 1.', zh: '请按一。' }]);
    expect([prompt, ...(prompt as readonly object[])].every(Object.isFrozen)).toBe(true);
  });

  it('keeps its examples from being changed', () => {
    const examples = ['12', '*#'];
    const effect = capture('Press 1.', { examples });
    examples.push('3');
    expect(effect.examples).toEqual(['12', '*#']);
  });

  it.each([
    ['an empty prompt', () => capture(''), 'HS_CALLFLOW_PROMPT_LENGTH', 'prompt'],
    ['no prompt', () => untyped(), 'HS_CALLFLOW_PROMPT_REQUIRED', 'prompt'],
    ['an empty list', () => capture([]), 'HS_CALLFLOW_PROMPT_REQUIRED', 'prompt'],
    ['a hole in a list', () => untyped(new Array(2)), 'HS_CALLFLOW_PROMPT_REQUIRED', 'prompt[0]'],
    ['a list in a list', () => untyped([['a']]), 'HS_CALLFLOW_PROMPT_REQUIRED', 'prompt[0]'],
    ['an effect in a list', () => untyped([say('a'), 'b']), 'HS_EFFECT_ARGUMENT', 'prompt[0]'],
    ['an audio file at the end', () => capture(['Hello', { audio: WAV }]), 'HS_CAPTURE_PROMPT_END', 'prompt'],
    ['an audio file alone', () => capture({ audio: WAV }), 'HS_CAPTURE_PROMPT_END', 'prompt'],
    ['a wrong audio file', () => capture([{ audio: 'a.wav' }, 'a']), 'HS_CALLFLOW_FILE_URL', 'prompt[0].audio'],
    ['a key beside audio', () => untyped([{ audio: WAV, speed: 1 }, 'a']), 'HS_EFFECT_OPTION_UNKNOWN', 'prompt[0]'],
    ['one language of a part', () => capture(['a', { en: 'b\u0000' }]), 'HS_CALLFLOW_CONTROL_CHARACTER', 'prompt[1].en'],
    ['minDigits', () => capture('a', { minDigits: 0, maxDigits: 1 }), 'HS_CALLFLOW_MIN_DIGITS', 'minDigits'],
    ['maxDigits', () => capture('a', { maxDigits: 26 }), 'HS_CALLFLOW_MAX_DIGITS', 'maxDigits'],
    ['minDigits alone', () => capture('a', { minDigits: 2 }), 'HS_CALLFLOW_MAX_DIGITS_REQUIRED', 'maxDigits'],
    ['a larger minDigits', () => capture('a', { minDigits: 3, maxDigits: 2 }), 'HS_CALLFLOW_MIN_ABOVE_MAX_DIGITS', 'minDigits'],
    ['no end', () => capture('a', { completeOnHash: false }), 'HS_CALLFLOW_MAX_DIGITS_REQUIRED_WITHOUT_HASH', 'maxDigits'],
    ['digitTimeout', () => capture('a', { digitTimeout: 0, overallTimeout: 1 }), 'HS_CALLFLOW_DIGIT_TIMEOUT', 'digitTimeout'],
    ['overallTimeout', () => capture('a', { overallTimeout: 0.5 }), 'HS_CALLFLOW_OVERALL_TIMEOUT', 'overallTimeout'],
    ['digitTimeout alone', () => capture('a', { digitTimeout: 1 }), 'HS_CALLFLOW_OVERALL_TIMEOUT_REQUIRED', 'overallTimeout'],
    [
      'a longer digitTimeout',
      () => capture('a', { digitTimeout: 2, overallTimeout: 1 }),
      'HS_CALLFLOW_DIGIT_ABOVE_OVERALL_TIMEOUT',
      'digitTimeout',
    ],
    ['noOfTries', () => capture('a', { noOfTries: 0 }), 'HS_CALLFLOW_NO_OF_TRIES', 'noOfTries'],
    ['completeOnHash', () => untyped('a', { completeOnHash: 1 }), 'HS_CALLFLOW_COMPLETE_ON_HASH', 'completeOnHash'],
    ['successMessage', () => untyped('a', { successMessage: 1 }), 'HS_CALLFLOW_SUCCESS_MESSAGE', 'successMessage'],
    ['an empty failureMessage', () => capture('a', { failureMessage: '' }), 'HS_CALLFLOW_MESSAGE_LENGTH', 'failureMessage'],
    ['the id', () => capture('a', { id: 'main menu' }), 'HS_EFFECT_ARGUMENT', 'id'],
    ['sensitive', () => untyped('a', { sensitive: 'yes' }), 'HS_EFFECT_ARGUMENT', 'sensitive'],
    ['examples', () => capture('a', { examples: ['1', 'one'] }), 'HS_EFFECT_ARGUMENT', 'examples[1]'],
    ['examples that are no list', () => untyped('a', { examples: '12' }), 'HS_EFFECT_ARGUMENT', 'examples'],
    ['an unknown option', () => untyped('a', { maxDigit: 2 }), 'HS_EFFECT_OPTION_UNKNOWN', 'maxDigit'],
  ])('refuses at once %s', (_, make, code, argument) => {
    expect(refusal(make)).toMatchObject({ code, argument: `capture.${argument}` });
  });

  it('must ask in every language of the flow inside which it is made', () => {
    expect(refusal(() => insideFlow(() => capture(['Hi', { en: 'Press 1.' }])))).toMatchObject({
      code: 'HS_TEXT_LANGUAGE_MISSING',
      argument: 'capture.prompt[1]',
    });
  });

  it('answers digits or null by yield*, anything by yield', () => {
    const { yielded, result } = answer(
      function* (): Flow<unknown> {
        const typed = yield* capture('Press 1.');
        expectTypeOf(typed).toEqualTypeOf<string | null>();
        const free = yield capture('Press 2.');
        expectTypeOf(free).toBeAny();
        return [typed, free];
      },
      '1',
      null,
    );
    expect([yielded.length, result]).toEqual([2, ['1', null]]);
  });

  it('needs no annotation around yield*, and a Flow around a yield whose answer is used', () => {
    function* inferred() {
      return yield* capture('Press 1.');
    }
    function* loose() {
      // @ts-expect-error: TypeScript can't type the answer of a plain yield in a generator without a return type
      const digits = yield capture('Press 1.');
      return digits as unknown;
    }
    expectTypeOf<ReturnType<typeof inferred>>().toExtend<Flow<string | null>>();
    expect([answer(inferred, '1').result, answer(loose, '2').result]).toEqual(['1', '2']);
  });
});
