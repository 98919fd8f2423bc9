import { describe, expect, it } from 'vitest';
import { bridge } from './bridge.ts';
import { capture } from './capture.ts';
import { hangup } from './hangup.ts';
import { CALL, optionsOf, refusal } from './make-effects.test-support.ts';
import { playFile } from './play-file.ts';
import { say } from './say.ts';
import { toActions, type WireContext } from './to-actions.ts';

const WAV = 'https://acme.test/welcome.wav';
const VOICE = 'en-US-ZiraRUS';
const one: WireContext = { call: CALL, options: optionsOf({ voice: VOICE }), language: null, voice: null };
const two: WireContext = { call: CALL, options: optionsOf(), language: 'zh', voice: null };
const spoken = (text: string, speed = 1): object => ({ action: 'say', params: { text, voiceProfile: VOICE, repetition: 1, speed } });

describe('toActions', () => {
  it('says in the voice of the flow', () => {
    const action = { action: 'say', params: { text: 'Hello', voiceProfile: VOICE, repetition: 2, speed: 1.5 } };
    expect(toActions(say('Hello', { repetition: 2, speed: 1.5 }), one)).toEqual([action]);
  });

  it('says in the language in force, with its voice', () => {
    const [action] = toActions(say({ en: 'Hello', zh: '你好' }), two);
    expect(action).toMatchObject({ params: { text: '你好', voiceProfile: 'zh-CN-HuihuiRUS' } });
  });

  it.each([
    ['the effect, before all others', say('Hi', { voice: 'own' }), { ...two, voice: 'chosen' }, 'own'],
    ['useVoice, before the flow', say('Hi'), { ...two, voice: 'chosen' }, 'chosen'],
    ['the flow, for the language', say('Hi'), two, 'zh-CN-HuihuiRUS'],
    ['the only one of the flow, whatever the language', say('Hi'), { ...one, language: 'en' }, VOICE],
  ])('takes the voice of %s', (_, effect, context, voiceProfile) => {
    expect(toActions(effect, context)).toMatchObject([{ params: { voiceProfile } }]);
  });

  it('plays the file of the language', () => {
    const effect = playFile({ en: 'https://acme.test/en.wav', zh: 'https://acme.test/zh.wav' }, { repetition: 3 });
    expect(toActions(effect, two)).toEqual([{ action: 'playFile', params: { fileUrl: 'https://acme.test/zh.wav', repetition: 3 } }]);
  });

  it('sends every parameter of a capture', () => {
    expect(toActions(capture('Press 1.', { failureMessage: 'Sorry?' }), one)).toEqual([
      {
        action: 'sayAndCapture',
        params: {
          promptMessage: 'Press 1.',
          voiceProfile: VOICE,
          successMessage: null,
          failureMessage: 'Sorry?',
          speed: 1,
          repetition: 1,
          completeOnHash: true,
          minDigits: 1,
          maxDigits: 25,
          digitTimeout: 5_000,
          overallTimeout: 30_000,
          noOfTries: 3,
        },
      },
    ]);
  });

  it.each([
    [
      { digitTimeout: 5_000, overallTimeout: 5_000 },
      { digitTimeout: 4_999, overallTimeout: 5_000 },
    ],
    [
      { digitTimeout: 4_999, overallTimeout: 5_000 },
      { digitTimeout: 4_999, overallTimeout: 5_000 },
    ],
    [{ overallTimeout: 2_000 }, { digitTimeout: 1_999, overallTimeout: 2_000 }],
    [
      { digitTimeout: 1, overallTimeout: 1 },
      { digitTimeout: 1, overallTimeout: 2 },
    ],
  ])('sends a digitTimeout that is less than the overallTimeout: %j', (options, sent) => {
    expect(toActions(capture('Press 1.', options), one)).toMatchObject([{ params: sent }]);
  });

  it('speaks the parts of a prompt before the capture, in its voice and at its speed', () => {
    const effect = capture(['Hello.', { audio: WAV }, 'Press 1.'], { speed: 2 });
    expect(toActions(effect, one)).toEqual([
      spoken('Hello.', 2),
      { action: 'playFile', params: { fileUrl: WAV, repetition: 1 } },
      { action: 'sayAndCapture', params: expect.objectContaining({ promptMessage: 'Press 1.', speed: 2 }) as unknown },
    ]);
  });

  it('repeats a prompt of several parts as a whole', () => {
    const texts = toActions(capture(['A.', 'B.'], { repetition: 2 }), one).map(({ action, ...rest }) => {
      const params = (rest as { params: Record<string, unknown> }).params;
      return [action, params['text'] ?? params['promptMessage'], params['repetition']];
    });
    expect(texts).toEqual([
      ['say', 'A.', 1],
      ['say', 'B.', 1],
      ['say', 'A.', 1],
      ['sayAndCapture', 'B.', 1],
    ]);
  });

  it('sends a list of one text as that text', () => {
    expect(toActions(capture(['A.'], { repetition: 3 }), one)).toEqual(toActions(capture('A.', { repetition: 3 }), one));
  });

  it.each([
    ['the called number of an inbound call', bridge('6500000000'), CALL, '+6531589338'],
    ['the calling number of an outbound call', bridge('6500000000'), { ...CALL, direction: 'outbound' as const }, '+6591234567'],
    ['its own number', bridge('6500000000', { from: '6531580000' }), CALL, '6531580000'],
  ])('bridges from %s', (_, effect, call, source) => {
    expect(toActions(effect, { ...one, call })).toEqual([{ action: 'makeCall', params: { source, destination: '6500000000' } }]);
  });

  it('sends callRecording only where the author wrote it', () => {
    const [action] = toActions(bridge('6500000000', { callRecording: false }), one);
    expect(action).toMatchObject({ params: { callRecording: false } });
  });

  it('hangs up without params', () => {
    expect(toActions(hangup(), one)).toEqual([{ action: 'hangup' }]);
  });

  it.each([
    ['a language without text', () => toActions(say({ en: 'Hello' }), two), 'HS_TEXT_LANGUAGE_MISSING', 'say.text'],
    [
      'a language that is a prototype key',
      () => toActions(say({ en: 'Hello' }), { ...two, language: 'constructor' }),
      'HS_TEXT_LANGUAGE_MISSING',
      'say.text',
    ],
    ['texts per language in one language', () => toActions(say({ en: 'Hello' }), one), 'HS_TEXT_LANGUAGE_MISSING', 'say.text'],
    ['a prompt', () => toActions(capture({ en: 'Hello' }), two), 'HS_TEXT_LANGUAGE_MISSING', 'capture.prompt'],
    [
      'a message',
      () => toActions(capture('a', { failureMessage: { en: 'b' } }), two),
      'HS_TEXT_LANGUAGE_MISSING',
      'capture.failureMessage',
    ],
    ['a file', () => toActions(playFile({ en: WAV }), two), 'HS_TEXT_LANGUAGE_MISSING', 'playFile.fileUrl'],
    ['a language without voice', () => toActions(say('Hello'), { ...two, language: 'fr' }), 'HS_VOICE_MISSING', 'say.voice'],
    ['a prototype key without voice', () => toActions(say('Hello'), { ...two, language: 'toString' }), 'HS_VOICE_MISSING', 'say.voice'],
  ])('refuses %s', (_, compose, code, argument) => {
    expect(refusal(compose)).toMatchObject({ code, argument });
  });

  it('says which flow lacks the text, and what to add', () => {
    expect(refusal(() => toActions(say({ en: 'Hello' }), two)).message).toBe(
      'Flow "acme": say.text has en, but the call speaks "zh" now. Add "zh" to it, or change the language before.',
    );
  });
});
