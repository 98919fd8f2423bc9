import { describe, expect, it } from 'vitest';
import type { SayAndCaptureAction } from '../callflow/actions.ts';
import { createCapture } from './capture-engine.ts';
import { keysFor } from './keys-for.ts';

function presses(params: Partial<SayAndCaptureAction['params']>, answer: string): string[] | null {
  const capture = createCapture({ promptMessage: 'Digits?', voiceProfile: 'en-US-ZiraRUS', ...params }, { at: 0 });
  return keysFor(capture, answer)?.map((keys) => keys.join('')) ?? null;
}

describe('the keys for an answer', () => {
  const fixed = { completeOnHash: false, maxDigits: 4 };
  it.each<[string, Partial<SayAndCaptureAction['params']>, string, string[] | null]>([
    ['end with #', {}, '12', ['12#']],
    ['fill a fixed length', fixed, '1234', ['1234']],
    ['pause where the length may vary', fixed, '12', ['12']],
    ['are # alone for an empty answer', { noOfTries: 1 }, '', ['#']],
    ['are pressed in each try where the entry is refused', { minDigits: 3, maxDigits: 4, noOfTries: 3 }, '1', ['1#', '1#', '1#']],
    ['can’t fill more than the length', fixed, '12345', null],
    ['can’t be letters', {}, '12a', null],
    ['can’t have a # where # ends the entry', {}, '1#2', null],
  ])('%s', (_, params, answer, expected) => {
    expect(presses(params, answer)).toEqual(expected);
  });
});
