import { describe, expect, it } from 'vitest';
import { bridgeResultOf } from './bridge-result.ts';
import { parseWebhook } from './parse-webhook.ts';
import { type Json, sample, type Sample, sampleWith } from './samples.test-support.ts';
import type { CallActionWebhook, SessionSummaryWebhook } from './webhook.ts';

function resultOf(body: unknown, firstLeg: string | null = 'first-leg') {
  const parsed = parseWebhook(body, null);
  if (!parsed.ok) throw new TypeError(parsed.reason);
  return bridgeResultOf(parsed.webhook as CallActionWebhook | SessionSummaryWebhook, firstLeg);
}

/** The sample of an answered bridge with its second leg changed. */
function summaryWith(callB: Json | null, changes: Json = {}): Sample {
  const details = sample('vss-bridge-answered').payload['details'] as { callA: Json; callB: Json };
  return sampleWith('vss-bridge-answered', {
    details: { ...details, callB: callB === null ? undefined : { ...details.callB, ...callB } },
    ...changes,
  });
}

describe('a completed action of the second leg', () => {
  it.each([
    [200, 'answered'],
    [486, 'busy'],
    [600, 'busy'],
    [408, 'no-answer'],
    [480, 'no-answer'],
    [487, 'no-answer'],
    [603, 'declined'],
    [404, 'failed'],
    [503, 'failed'],
    ['486', 'busy'],
    [180, 'answered'],
    [202, 'answered'],
  ])('with %j ended %s', (sipCode, outcome) => {
    expect(resultOf(sampleWith('vca-action-completed', { sipCode, callDuration: '12' }))).toEqual({
      outcome,
      sipCode: Number(sipCode),
      duration: 12,
    });
  });

  it.each([200, 202, 180, 183, null])(
    'with %j and no second spoken ended in a way that is not known: a busy leg may look like that',
    (sipCode) => {
      for (const callDuration of [0, '0', null])
        expect(resultOf(sampleWith('vca-action-completed', { sipCode, callDuration }))).toMatchObject({ outcome: 'unknown' });
    },
  );

  it('of a published sample after a bridge says nothing, though its code is 200', () => {
    expect(resultOf(sample('vca-after-bridge'))).toEqual({ outcome: 'unknown', sipCode: 200, duration: 0 });
  });

  it('without a code ended in a way that is not known', () => {
    expect(resultOf(sampleWith('vca-action-completed', { sipCode: null }))).toEqual({ outcome: 'unknown', sipCode: null, duration: 0 });
  });
});

describe('a completed action that can not be trusted', () => {
  const unknown = { outcome: 'unknown', sipCode: null, duration: null };
  const leg = sample('vca-action-completed').payload['callId'] as string;

  it.each([
    ['of the first leg', sample('vca-action-completed'), leg],
    ['of the first leg in other case', sample('vca-action-completed'), leg.toUpperCase()],
    ['where the first leg is not known', sample('vca-action-completed'), null],
    ['without a leg', sampleWith('vca-action-completed', { callId: null }), 'first-leg'],
  ])('%s says nothing', (_which, body, firstLeg) => {
    expect(resultOf(body, firstLeg)).toEqual(unknown);
  });

  it('a call that comes in is no end of a bridge', () => {
    expect(resultOf(sample('vca-call-received'))).toBeUndefined();
  });
});

describe('a summary with a second leg', () => {
  it.each([
    ['COMPLETED', 'answered'],
    ['BUSY', 'busy'],
    ['NO_ANSWER', 'no-answer'],
    ['No Answer', 'no-answer'],
    ['CANCELED', 'no-answer'],
    ['CANCELLED', 'no-answer'],
    ['FAILED', 'failed'],
    ['ERROR', 'failed'],
    ['SOMETHING', 'unknown'],
    [null, 'unknown'],
  ])('that is %j ended %s', (callStatus, outcome) => {
    expect(resultOf(summaryWith({ callStatus }))).toEqual({ outcome, sipCode: null, duration: 6 });
  });

  it.each([
    ['FAILED', 603, 'declined'],
    ['FAILED', 486, 'busy'],
    ['FAILED', 200, 'failed'],
    ['SOMETHING', 200, 'answered'],
    ['BUSY', 480, 'busy'],
  ])('that is %s with SIP code %i ended %s', (callStatus, sipCode, outcome) => {
    expect(resultOf(summaryWith({ callStatus, sipCode }))).toEqual({ outcome, sipCode, duration: 6 });
  });
});

describe('a summary without a second leg', () => {
  it.each([
    ['BUSY', 'busy'],
    ['NO_ANSWER', 'no-answer'],
    ['FAILED', 'failed'],
    ['CANCELED', 'no-answer'],
  ])('is %s by it where the first leg was completed', (sessionStatus, outcome) => {
    expect(resultOf(summaryWith(null, { sessionStatus }))).toEqual({ outcome, sipCode: null, duration: null });
  });

  it('tells nothing of a bridge where the session was completed, or the first leg was not', () => {
    expect(resultOf(summaryWith(null))).toBeUndefined();
    expect(resultOf(sample('vss-error'))).toBeUndefined();
    expect(resultOf(summaryWith(null, { sessionStatus: 'COMPLETED_UNSUBSCRIBED' }))).toBeUndefined();
  });
});
