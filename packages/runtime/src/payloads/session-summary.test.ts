import { describe, expect, it } from 'vitest';
import { parseWebhook } from './parse-webhook.ts';
import { type Json, sample, sampleWith } from './samples.test-support.ts';

const legs = sample('vss-bridge-answered').payload['details'] as { callA: Json; callB: Json };

function summary(changes: Json): unknown {
  const parsed = parseWebhook(sampleWith('vss-bridge-answered', changes), null);
  return parsed.ok ? parsed.webhook : parsed;
}

describe('variants of a session summary', () => {
  it.each([
    ['CallA, as one sample spells it', { details: { CallA: legs.callA, CallB: legs.callB } }],
    ['call_a', { details: { call_a: legs.callA, call_b: legs.callB } }],
    ['details as JSON text', { details: JSON.stringify(legs) }],
    ['legs beside the details', { details: null, ...legs }],
  ])('%s', (_variant, changes) => {
    expect(summary(changes)).toMatchObject({ callA: { callDuration: 23 }, callB: { callDuration: 6 } });
  });

  it.each([[null], [undefined], [{}], [[]], ['none'], [7]])('a second leg that is %j is none', (callB) => {
    expect(summary({ details: { callA: legs.callA, callB } })).toMatchObject({ callA: { callDuration: 23 }, callB: null });
  });

  it.each([
    ['an object', { errorDetails: { errorMsg: 'No coverage', errorCode: '-2004' } }, -2004, 'No coverage'],
    ['JSON text', { errorDetails: '{"errorMsg":"No coverage","errorCode":-2004}' }, -2004, 'No coverage'],
    ['a text', { errorDetails: 'No coverage' }, null, 'No coverage'],
    ['fields beside', { errorCode: -2004, errorMsg: 'No coverage' }, -2004, 'No coverage'],
    ['nothing', { errorDetails: null }, null, null],
  ])('error details as %s', (_form, changes, errorCode, errorMsg) => {
    expect(summary(changes)).toMatchObject({ errorCode, errorMsg });
  });

  it('counts and durations that are texts are numbers', () => {
    expect(summary({ callCount: '2', details: { callA: { ...legs.callA, callDuration: '23' } } })).toMatchObject({
      callCount: 2,
      callA: { callDuration: 23 },
    });
  });

  it('what can not be a duration is none', () => {
    expect(summary({ details: { callA: { ...legs.callA, callDuration: -1, callQuality: 'good' } } })).toMatchObject({
      callA: { callDuration: null, quality: null },
    });
  });

  it('a status that nobody lists is kept in one spelling', () => {
    expect(summary({ sessionStatus: 'partlyCompleted' })).toMatchObject({ status: 'PARTLY_COMPLETED' });
    expect(summary({ sessionStatus: null })).toMatchObject({ status: 'UNKNOWN' });
  });
});
