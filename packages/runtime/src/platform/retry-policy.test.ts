import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type RetryPolicy, retryDelay } from './retry-policy.ts';

const POLICY: RetryPolicy = { limit: 5, baseDelay: 250, maxDelay: 2_000, maxRetryAfter: 30_000 };
const whole = (max: number) => fc.integer({ min: 0, max });

describe('retryDelay', () => {
  it('doubles from attempt to attempt up to the longest wait', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => retryDelay(POLICY, attempt, null, () => 0.999999))).toEqual([250, 500, 1000, 2000, 2000]);
  });

  it('leaves half of the wait to chance', () => {
    expect([0, 0.5, 0.999999].map((chance) => retryDelay(POLICY, 1, null, () => chance))).toEqual([125, 188, 250]);
  });

  it('gives up after the last attempt', () => {
    expect(retryDelay(POLICY, 6, null, () => 0)).toBeNull();
    expect(retryDelay({ ...POLICY, limit: 0 }, 1, 10, () => 0)).toBeNull();
  });

  it('gives up where the platform asks for more patience than allowed', () => {
    expect(retryDelay(POLICY, 1, 30_000, () => 0)).toBe(30_000);
    expect(retryDelay(POLICY, 1, 30_001, () => 0)).toBeNull();
  });

  test.prop([whole(5), whole(30_000), fc.double({ min: 0, max: 0.999, noNaN: true })])(
    'never waits less than Retry-After, nor a base delay more',
    (attempt, retryAfter, chance) => {
      const delay = retryDelay(POLICY, attempt, retryAfter, () => chance) ?? Number.NaN;
      expect(delay).toBeGreaterThanOrEqual(retryAfter);
      expect(delay).toBeLessThanOrEqual(retryAfter + POLICY.baseDelay);
    },
  );
});
