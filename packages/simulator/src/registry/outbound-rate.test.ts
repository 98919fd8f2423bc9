import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BEHAVIOUR } from '../behaviour.ts';
import { OutboundRate } from './outbound-rate.ts';

describe('the rate of outbound calls', () => {
  it.each([
    [null, [0, 0, 0, 0]],
    [2, [0, 0, 1_000, 1_000]],
    [0.5, [0, 2_000, 4_000, 6_000]],
    [2.5, [0, 0, 800, 800]],
  ])('%s a second: calls that come at once are started after %j', (perSecond, starts) => {
    const rate = new OutboundRate({ ...DEFAULT_BEHAVIOUR, callsPerSecond: perSecond });
    expect(starts.map(() => start(rate, 0))).toEqual(starts);
  });

  it('is never passed in any second, whenever calls come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 40 }), (perSecond, gaps) => {
        const rate = new OutboundRate({ ...DEFAULT_BEHAVIOUR, callsPerSecond: perSecond, queueMs: 50 });
        let now = 0;
        const starts = gaps.map((gap) => start(rate, (now += gap)));
        for (const at of starts) expect(starts.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(perSecond);
      }),
    );
  });
});

function start(rate: OutboundRate, now: number): number {
  const at = now + (rate.waitAt(now) ?? 0);
  rate.start(at);
  return at;
}
