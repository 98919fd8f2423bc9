import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { slotOf } from './due-slot.ts';

describe('slotOf', () => {
  it('is the ten minutes that a time lies in', () => {
    expect([0, 599_999, 600_000, -1].map(slotOf)).toEqual([0, 0, 1, -1]);
  });

  it('is null where nothing is due', () => {
    expect(slotOf(null)).toBeNull();
  });

  test.prop([fc.maxSafeInteger(), fc.maxSafeInteger()])('never puts the earlier of two times into the later slot', (a, b) => {
    expect(slotOf(Math.min(a, b)) ?? 0).toBeLessThanOrEqual(slotOf(Math.max(a, b)) ?? 0);
  });
});
