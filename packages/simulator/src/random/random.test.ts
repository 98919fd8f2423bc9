import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from './random.ts';

describe('randomFrom', () => {
  it('gives the same stream for the same words, and another one for others', () => {
    const draw = (...words: (string | number)[]): number[] => {
      const random = randomFrom(...words);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw(7, 'a')).toEqual(draw('7', 'a'));
    expect(draw(7, 'a')).not.toEqual(draw(7, 'b'));
    expect(draw('7a')).not.toEqual(draw(7, 'a'));
  });

  it('stays inside the limits that it is given', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, min, span) => {
        const value = randomFrom(seed).int(min, min + span);
        return Number.isInteger(value) && value >= min && value <= min + span;
      }),
    );
  });

  it('hits a rate about as often as it says', () => {
    const random = randomFrom('rate');
    const hits = Array.from({ length: 20_000 }, () => random.chance(0.1)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(1_800);
    expect(hits).toBeLessThan(2_200);
  });

  it('thinks as long as the mean on average', () => {
    const random = randomFrom('mean');
    const sum = Array.from({ length: 20_000 }, () => random.exponential(100)).reduce((a, b) => a + b, 0);
    expect(sum / 20_000).toBeGreaterThan(95);
    expect(sum / 20_000).toBeLessThan(105);
  });

  it('makes UUIDs of version 4, all different', () => {
    const random = randomFrom('ids');
    const ids = Array.from({ length: 1000 }, () => random.uuid());
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  });
});
