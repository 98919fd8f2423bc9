import { describe, expect, expectTypeOf, it } from 'vitest';
import { answer, insideFlow, refusal } from './make-effects.test-support.ts';
import { say } from './say.ts';

const untyped = say as (...args: readonly unknown[]) => unknown;

describe('say', () => {
  it('is frozen data with its defaults', () => {
    const effect = say('Hello');
    expect({ ...effect }).toEqual({ kind: 'say', text: 'Hello', voice: null, speed: 1, repetition: 1 });
    expect(Object.isFrozen(effect)).toBe(true);
  });

  it('takes null for every option', () => {
    expect(say('Hello', { voice: null, speed: null, repetition: null })).toEqual(say('Hello'));
  });

  it.each([
    ['Hello\nworld', 'Hello world'],
    ['Hello,\r\n\t  world', 'Hello, world'],
    ['one  two', 'one  two'],
    ['a\u2028b\u0085c', 'a b c'],
  ])('turns the newlines and tabs of %j into one space', (written, spoken) => {
    expect(say(written).text).toBe(spoken);
  });

  it('keeps a text per language, frozen and mended', () => {
    const { text } = say({ en: 'Hello\n', zh: '你好' });
    expect(text).toEqual({ en: 'Hello ', zh: '你好' });
    expect(Object.isFrozen(text)).toBe(true);
  });

  it.each([
    ['an empty text', () => say(''), 'HS_CALLFLOW_TEXT_LENGTH', 'say.text'],
    ['a long text', () => say('a'.repeat(3001)), 'HS_CALLFLOW_TEXT_LENGTH', 'say.text'],
    ['a control character', () => say('a\u0007b'), 'HS_CALLFLOW_CONTROL_CHARACTER', 'say.text'],
    ['a number', () => untyped(42), 'HS_CALLFLOW_TEXT_REQUIRED', 'say.text'],
    ['nothing', () => untyped(), 'HS_CALLFLOW_TEXT_REQUIRED', 'say.text'],
    ['a list', () => untyped(['a', 'b']), 'HS_CALLFLOW_TEXT_REQUIRED', 'say.text'],
    ['an effect', () => untyped(say('a')), 'HS_EFFECT_ARGUMENT', 'say.text'],
    ['one language of several', () => say({ en: 'Hi', zh: '' }), 'HS_CALLFLOW_TEXT_LENGTH', 'say.text.zh'],
    ['no language at all', () => say({}), 'HS_TEXT_LANGUAGE_MISSING', 'say.text'],
    ['a language without text', () => untyped({ en: null }), 'HS_CALLFLOW_TEXT_REQUIRED', 'say.text.en'],
    ['the speed', () => say('a', { speed: 2.5 }), 'HS_CALLFLOW_SPEED', 'say.speed'],
    ['the repetition', () => say('a', { repetition: 0 }), 'HS_CALLFLOW_REPETITION', 'say.repetition'],
    ['the voice', () => say('a', { voice: '' }), 'HS_CALLFLOW_VOICE', 'say.voice'],
    ['an unknown option', () => untyped('a', { voiceProfile: 'x' }), 'HS_EFFECT_OPTION_UNKNOWN', 'say.voiceProfile'],
    ['a prototype key', () => untyped('a', { constructor: 1 }), 'HS_EFFECT_OPTION_UNKNOWN', 'say.constructor'],
    ['options that are no object', () => untyped('a', 'en-US-ZiraRUS'), 'HS_EFFECT_ARGUMENT', 'say.options'],
  ])('refuses at once %s', (_, make, code, argument) => {
    expect(refusal(make)).toMatchObject({ code, argument });
  });

  it('names the near miss of an option', () => {
    expect(refusal(() => untyped('a', { sped: 1 })).message).toBe(
      'say: sped is not an option. Did you mean "speed"? Known options: voice, speed, repetition.',
    );
  });

  it('says what came and what to do, without showing the text', () => {
    const { message } = refusal(() => say('Your code is 4711\u0000'));
    expect(message).toBe(
      'say: text may not contain control characters; got a text with a control character. Replace newlines and tabs by spaces, and leave the others out.',
    );
  });

  it('points at the line of the author', () => {
    expect(() => say('')).toThrow(expect.objectContaining({ stack: expect.stringContaining('say.test.ts') }));
  });

  it('must speak every language of the flow inside which it is made', () => {
    const { code, message } = refusal(() => insideFlow(() => say({ en: 'Hello', fr: 'Salut' })));
    expect(code).toBe('HS_TEXT_LANGUAGE_MISSING');
    expect(message).toBe('say: text must have every language that the flow speaks; got en, fr. Add zh.');
    expect(insideFlow(() => say({ en: 'Hello', zh: '你好' })).text).toEqual({ en: 'Hello', zh: '你好' });
  });

  it('may not speak per language in a flow of one language', () => {
    expect(refusal(() => insideFlow(() => say({ en: 'Hello' }), { voice: 'en-US-ZiraRUS' })).code).toBe('HS_TEXT_LANGUAGE_MISSING');
  });

  it('answers nothing, by yield and yield* alike', () => {
    const { yielded, result } = answer(function* () {
      const typed = yield* say('a');
      expectTypeOf(typed).toEqualTypeOf<void>();
      yield say('b');
      return typed;
    });
    expect([yielded.length, result]).toEqual([2, undefined]);
  });
});
