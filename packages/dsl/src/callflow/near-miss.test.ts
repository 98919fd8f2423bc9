import { describe, expect, it } from 'vitest';
import { didYouMean, nearMiss } from './near-miss.ts';

const KNOWN = ['minDigits', 'maxDigits', 'digitTimeout', 'overallTimeout', 'noOfTries', 'speed'];

describe('nearMiss', () => {
  it.each([
    ['maxdigits', 'maxDigits'],
    ['maxDigit', 'maxDigits'],
    ['max_digits', 'maxDigits'],
    ['noOfTires', 'noOfTries'],
    ['digitsTimeout', 'digitTimeout'],
    ['sped', 'speed'],
    ['tries', 'noOfTries'],
    ['speedOfSpeech', 'speed'],
    ['psede', null],
    ['colour', null],
    ['', null],
    ['maxDigits'.repeat(100), null],
  ])('takes %j for %j', (word, near) => {
    expect(nearMiss(word, KNOWN)).toBe(near);
  });

  it('prefers the closer of two candidates', () => {
    expect(nearMiss('minDigit', ['maxDigits', 'minDigits'])).toBe('minDigits');
  });

  it('becomes a sentence, or nothing', () => {
    expect([didYouMean('spede', KNOWN), didYouMean('x', KNOWN)]).toEqual(['Did you mean "speed"? ', '']);
  });
});
