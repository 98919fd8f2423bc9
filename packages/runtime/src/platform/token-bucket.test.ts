import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

/** A bucket and the hand on its clock. */
function bucketAt(perSecond: number, burst: number, time = 1_000_000) {
  const clock = { time };
  return { clock, bucket: new TokenBucket({ perSecond, burst }, () => clock.time) };
}
const takes = (bucket: TokenBucket, count: number) => Array.from({ length: count }, () => bucket.take());

describe('TokenBucket', () => {
  it('hands out a burst at once and spaces what follows', () => {
    expect(takes(bucketAt(10, 3).bucket, 6)).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('fills up again while nobody asks, but not above the burst', () => {
    const { bucket, clock } = bucketAt(10, 2);
    takes(bucket, 2);
    clock.time += 3_600_000;
    expect(takes(bucket, 3)).toEqual([0, 0, 100]);
  });

  it('spaces every request where the burst is one', () => {
    expect(takes(bucketAt(2, 1).bucket, 3)).toEqual([0, 500, 1000]);
  });

  it('takes rates below one per second', () => {
    expect(takes(bucketAt(0.1, 1).bucket, 2)).toEqual([0, 10_000]);
  });

  it('hands out nothing during a pause and single tokens after it', () => {
    const { bucket } = bucketAt(10, 5);
    bucket.pause(2_000);
    expect(takes(bucket, 3)).toEqual([2000, 2100, 2200]);
  });

  it('does not make anybody wait for a clock that was put back', () => {
    const { bucket, clock } = bucketAt(10, 1);
    bucket.take();
    clock.time -= 3_600_000;
    expect(takes(bucket, 2)).toEqual([100, 200]);
  });

  test.prop([
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 20 }),
    fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
  ])('never lets more through in any second than the burst and the rate together', (perSecond, burst, gaps) => {
    const { bucket, clock } = bucketAt(perSecond, burst);
    const sent = gaps.map((gap) => (clock.time += gap) + bucket.take());
    for (const from of sent) {
      expect(sent.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(burst + perSecond + 1);
    }
  });
});
