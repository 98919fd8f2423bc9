import { describe, expect, it } from 'vitest';
import { type BridgeEnd, bridgeResult } from './bridge-end.ts';

describe('a bridge', () => {
  it.each<[BridgeEnd, number | null, number | null]>([
    ['answered', 200, 60],
    ['busy', 486, 0],
    ['no-answer', 480, 0],
    ['declined', 603, 0],
    ['failed', 500, 0],
    ['unknown', null, null],
    [{ outcome: 'answered', duration: 7 }, 200, 7],
    [{ outcome: 'busy', sipCode: 600 }, 600, 0],
    [{ outcome: 'no-answer', sipCode: 408 }, 408, 0],
    [{ outcome: 'failed', sipCode: 404, duration: null }, 404, null],
    [{ outcome: 'answered', sipCode: null, duration: null }, null, null],
  ])('ends %j with SIP code %j after %j s', (end, sipCode, duration) => {
    const outcome = typeof end === 'string' ? end : end.outcome;
    expect(bridgeResult(end)).toEqual({ outcome, sipCode, duration });
  });

  it.each<[unknown]>([
    ['bussy'],
    [{ outcome: 'rejected' }],
    [null],
    [{}],
    [{ outcome: 'busy', sipCode: 200 }],
    [{ outcome: 'unknown', sipCode: 200 }],
    [{ outcome: 'failed', sipCode: 100 }],
    [{ outcome: 'busy', duration: 3 }],
    [{ outcome: 'answered', duration: -1 }],
  ])('can’t end %j', (end) => {
    expect(() => bridgeResult(end as BridgeEnd)).toThrowErrorMatchingSnapshot();
  });
});
