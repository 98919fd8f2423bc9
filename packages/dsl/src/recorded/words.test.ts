import { describe, expect, it } from 'vitest';
import { sameWords } from './words.ts';

describe('words', () => {
  it.each([
    ['Call +6531589338.', 'Call +65••••38.', true],
    ['Call 6531589338 or press 1.', 'Call 65••••99 or press 1.', true],
    ['You call from 6 5 9 1 1 7 8 9 6 5.', 'You call from 6 5 • • • • 6 5.', true],
    ['☎ 1234', '☎ ••••', false],
    ['☎ ••••', '☎ ••••', true],
    ['Call +6531589338.', 'Ring +65••••38.', false],
    ['Press 1.', 'Press 2.', false],
    ['Call +6531589338.', 'Call +6531589339.', false],
  ])('%j and %j: %s', (one, other, same) => {
    expect([sameWords([one], [other]), sameWords([other], [one])]).toEqual([same, same]);
  });

  it('are others where some are missing', () => {
    expect([sameWords(['a'], []), sameWords([], []), sameWords(['a', 'b'], ['b', 'a'])]).toEqual([false, true, false]);
  });
});
