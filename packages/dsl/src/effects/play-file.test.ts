import { describe, expect, expectTypeOf, it } from 'vitest';
import { answer, insideFlow, refusal } from './make-effects.test-support.ts';
import { playFile } from './play-file.ts';

const WAV = 'https://acme.test/welcome.wav';
const untyped = playFile as (...args: readonly unknown[]) => unknown;

describe('playFile', () => {
  it('is frozen data with its defaults', () => {
    const effect = playFile(WAV, { repetition: null });
    expect({ ...effect }).toEqual({ kind: 'playFile', fileUrl: WAV, repetition: 1 });
    expect(Object.isFrozen(effect)).toBe(true);
  });

  it('takes a URL whose path has no suffix, for its server may well answer with audio', () => {
    expect(playFile('https://acme.test/audio/welcome?id=1').fileUrl).toBe('https://acme.test/audio/welcome?id=1');
  });

  it('takes a URL per language, which must cover every language of the running flow', () => {
    expect(insideFlow(() => playFile({ en: WAV, zh: WAV })).fileUrl).toEqual({ en: WAV, zh: WAV });
    expect(refusal(() => insideFlow(() => playFile({ en: WAV })))).toMatchObject({
      code: 'HS_TEXT_LANGUAGE_MISSING',
      argument: 'playFile.fileUrl',
    });
  });

  it.each([
    ['nothing', () => untyped(), 'HS_CALLFLOW_FILE_URL_REQUIRED', 'playFile.fileUrl'],
    ['a path', () => playFile('/welcome.wav'), 'HS_CALLFLOW_FILE_URL', 'playFile.fileUrl'],
    ['a newline', () => playFile(`${WAV}\n`), 'HS_CALLFLOW_FILE_URL', 'playFile.fileUrl'],
    ['another kind of file', () => playFile('https://acme.test/a.ogg'), 'HS_CALLFLOW_FILE_TYPE', 'playFile.fileUrl'],
    ['one language', () => playFile({ en: WAV, zh: 'a.wav' }), 'HS_CALLFLOW_FILE_URL', 'playFile.fileUrl.zh'],
    ['the repetition', () => playFile(WAV, { repetition: 4 }), 'HS_CALLFLOW_REPETITION', 'playFile.repetition'],
    ['an unknown option', () => untyped(WAV, { repetitions: 2 }), 'HS_EFFECT_OPTION_UNKNOWN', 'playFile.repetitions'],
  ])('refuses at once %s', (_, make, code, argument) => {
    expect(refusal(make)).toMatchObject({ code, argument });
  });

  it('answers nothing, by yield and yield* alike', () => {
    const { yielded } = answer(function* () {
      expectTypeOf(yield* playFile(WAV)).toEqualTypeOf<void>();
      yield playFile(WAV);
    });
    expect(yielded).toHaveLength(2);
  });
});
