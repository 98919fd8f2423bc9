import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock.test-support.ts';
import { seldom } from './seldom.ts';

describe('what may be logged seldom', () => {
  it('is logged once a second for each kind, with how many were left out', async () => {
    const clock = new ManualClock();
    const may = seldom(clock);
    expect(['a', 'a', 'b', 'a'].map(may)).toEqual([0, null, 0, null]);
    await clock.advance(999);
    expect(may('a')).toBeNull();
    await clock.advance(1);
    expect(['a', 'b', 'a'].map(may)).toEqual([3, 0, null]);
  });

  it('is logged when the clock was set back', () => {
    const clock = new ManualClock();
    const may = seldom(clock);
    may('a');
    clock.now = () => 0;
    expect(may('a')).toBe(0);
  });
});
