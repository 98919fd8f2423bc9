import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { useLanguage } from '../effects/use-language.ts';
import { useVoice } from '../effects/use-voice.ts';
import { isHookswitchError } from '../errors/index.ts';
import { ask } from '../questions/ask/ask.ts';
import { confirm } from '../questions/menu/confirm.ts';
import { menu } from '../questions/menu/menu.ts';
import { play } from '../questions/play.test-support.ts';
import { digits } from '../questions/validators/digits.ts';
import { invalid } from '../questions/validators/invalid.ts';
import { defineFlow } from './define-flow.ts';

const NOTHING = ['', ' ', '\n\t ', '\u00a0\u3000', '\u200b', '\ufeff', '\u00ad', '\ud800', 'A \udc00 b', 'Hi \ud83d', '\udc4b\ud83d'];
const flow = (more: object) => defineFlow({ name: 'x', voice: 'v', ...more } as never, function* () {});

/** Everywhere a text is spoken, or names what speaks. */
const PLACES: readonly [string, (text: string) => unknown][] = [
  ['say', (text) => say(text)],
  ['say in a language', (text) => say({ en: 'Hi.', zh: text })],
  ['the voice of say', (text) => say('Hi.', { voice: text })],
  ['useVoice', (text) => useVoice(text)],
  ['useLanguage', (text) => useLanguage(text)],
  ['the prompt of a capture', (text) => capture(text)],
  ['a part of a prompt', (text) => capture([text, 'Hi?'])],
  ['the last part of a prompt', (text) => capture(['Hi.', text])],
  ['the message after a capture', (text) => capture('Hi?', { successMessage: text })],
  ['the message after a capture that failed', (text) => capture('Hi?', { failureMessage: text })],
  ['the prompt of a menu', (text) => menu(text, { 1: 'a' })],
  ['an escalation', (text) => menu('Hi?', { 1: 'a' }, { noInput: ['Hello?', text] })],
  ['the voice of a menu', (text) => menu('Hi?', { 1: 'a' }, { voice: text })],
  ['the prompt of a question', (text) => ask(text)],
  ['the words of a read-back', (text) => ask('Hi?', { confirm: { prompt: text } })],
  ['the prompt of a confirmation', (text) => confirm(text)],
  ['reasons', (text) => digits(4, 4, { reasons: { tooShort: text } })],
  ['a reason', (text) => invalid(text)],
  ['goodbye', (text) => flow({ goodbye: text })],
  ['a phrase', (text) => flow({ phrases: { tooShort: text } })],
  ['the voice of a flow', (text) => flow({ voice: text })],
  ['one of its voices', (text) => flow({ voice: undefined, voices: { en: text } })],
  ['a language', (text) => flow({ voice: undefined, voices: { [text]: 'v' } })],
  ['its first language', (text) => flow({ language: text })],
];

describe('a text that nobody could hear', () => {
  it.each(PLACES.flatMap(([place, make]) => NOTHING.map((text) => ({ place, text: JSON.stringify(text), make: () => make(text) }))))(
    'is refused like an empty one: $place, given $text',
    ({ make }) => {
      expect(thrownBy(make)).toSatisfy(isHookswitchError);
    },
  );

  it('is told from words in every script, emoji and a single sign', () => {
    for (const text of ['a', '你好', 'שלום', '👋', '👩‍👩‍👧', '…', ' 1 ']) expect(say(text).text).toBe(text);
  });

  it.each<[string, string, string]>([
    ['the prompt', '{reason}', 'PIN?'],
    ['the prompt', ' {reason} ', 'PIN?'],
    ['the rest', '{reason} Again?', ' Again?'],
  ])('is not made of a reason that silence does not have: %s is heard', (_what, noInput, heard) => {
    const body = function* () {
      yield* ask('PIN?', { id: 'pin', noInput, validate: digits(4) });
    };
    expect(play(body, [null]).heard).toBe(heard);
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}
