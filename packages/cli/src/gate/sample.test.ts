import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sample, sharesOf } from './sample.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 40 });
const wanted = fc.integer({ min: 1, max: 600 });
const calls = (counts: readonly number[]) =>
  counts.flatMap((count, stratum) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${stratum}-${index}`,
      isOpen: false,
      flow: 'desk',
      flowVersion: '1',
      arrow: `site-${stratum}`,
    })),
  );
const sampleOf = (counts: readonly number[], most: number): Sample => {
  const sample = new Sample(most);
  for (const call of calls(counts)) sample.offer(call);
  return sample;
};

describe('a sample', () => {
  it('takes as many as are wanted, never more than there are, and of each kind one where that goes', () => {
    fc.assert(
      fc.property(sizes, wanted, (unsorted, most) => {
        const counts = unsorted.toSorted((a, b) => b - a);
        const all = counts.reduce((sum, size) => sum + size, 0);
        const shares = sharesOf(counts, most);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(all, most));
        shares.forEach((share, index) => expect(share).toBeLessThanOrEqual(counts[index] as number));
        if (counts.length <= most) expect(Math.min(...shares)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('stands for all calls of the kinds that it has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 12, max: 80 }),
        (counts, most) => {
          const sum = sampleOf(counts, most)
            .draw()
            .reduce((total, { standsFor }) => total + standsFor, 0);
          expect(sum).toBeCloseTo(counts.reduce((total, size) => total + size, 0));
        },
      ),
    );
  });

  it('is the same in whatever order calls come', () => {
    const [one, other] = [new Sample(20), new Sample(20)];
    const all = calls([200, 30, 1]);
    for (const call of all) one.offer(call);
    for (const call of all.toReversed()) other.offer(call);
    expect(one.draw()).toEqual(other.draw());
    expect(one.draw().map(({ id }) => id)).toContain('2-0');
    expect([one.offered, one.strata]).toEqual([231, 3]);
  });

  it('is spread over its kind, whatever ids have in common', () => {
    const drawn = sampleOf([10_000], 400)
      .draw()
      .map(({ id }) => Number(id.slice(2)));
    const quarters = [0, 1, 2, 3].map((quarter) => drawn.filter((index) => Math.floor(index / 2_500) === quarter).length);
    for (const count of quarters) expect(count).toBeGreaterThan(60);
  });
});
