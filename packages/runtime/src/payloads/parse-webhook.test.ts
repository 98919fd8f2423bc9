import { describe, expect, it } from 'vitest';
import { parseWebhook } from './parse-webhook.ts';
import { sample, SAMPLE_NAMES, SAMPLES, sampleWith } from './samples.test-support.ts';
import type { CallActionWebhook, Webhook } from './webhook.ts';

function parsed(body: unknown, kind: Webhook['kind'] | null = null): Webhook {
  const result = parseWebhook(body, kind);
  if (!result.ok) throw new TypeError(`not understood: ${result.reason} ${result.missing.join()}`);
  return result.webhook;
}

describe('the published samples', () => {
  it.each(SAMPLE_NAMES)('%s is understood, with and without a kind in the path', (name) => {
    expect(parsed(sample(name)).kind).toBe(SAMPLES[name]);
    expect(parsed(sample(name), SAMPLES[name])).toEqual(parsed(sample(name)));
    expect(parsed(sample(name)).raw).toEqual(sample(name));
  });

  it('a call that comes in has its parties, its time and nothing pressed', () => {
    expect(parsed(sample('vca-call-received'))).toMatchObject({
      subAccountId: 'your_subaccount_id',
      sessionId: 'a1d6a5e2-efec-11e9-b999-efc71013a78f',
      legCallId: 'a1d6a5e3-efec-11e9-b999-7d370b5f90d1',
      eventId: 'eb0fc709-9693-11ea-454d-1705dde98182',
      callStatus: 'CALL_RECEIVED',
      direction: 'inbound',
      callType: 'PSTN',
      from: '+65123456789',
      to: '+65987654321',
      fromCountry: 'SG',
      at: Date.UTC(2019, 9, 16, 8, 12, 1),
      dtmf: { digits: null, problem: null },
      sipCode: 200,
      callDuration: 0,
      clientActionId: null,
    });
  });

  it('a completed action has its digits and what the answer before it carried', () => {
    expect(parsed(sample('vca-action-completed'))).toMatchObject({
      dtmf: { digits: '1' },
      clientActionId: 'ivr1_level1',
      direction: 'outbound',
    });
  });

  it('a summary has both of its legs', () => {
    expect(parsed(sample('vss-bridge-answered'))).toMatchObject({
      status: 'COMPLETED',
      startTime: Date.UTC(2026, 0, 13, 8, 26, 58),
      lastAction: 'MAKE_CALL',
      callCount: 2,
      clientRequestId: 'Request-Id-Client-Confirmation-1200',
      errorCode: null,
      callA: { callStatus: 'COMPLETED', callDuration: 23, to: '+6591178965' },
      callB: { callStatus: 'COMPLETED', callDuration: 6, quality: { mos: 4.5, packetLossRate: 0, jitter: 20 } },
    });
  });

  it('a summary of a failed session says why, and has one leg', () => {
    expect(parsed(sample('vss-error'))).toMatchObject({
      status: 'ERROR',
      errorCode: -2004,
      errorMsg: 'No coverage available for requested area',
      callA: { connectedAt: null },
      callB: null,
    });
  });

  it('a summary of a callflow that could not be run names action and request', () => {
    expect(parsed(sample('vss-error-of-an-action'))).toMatchObject({
      errorCode: -2003,
      errorMsg: 'The call flow provided is invalid',
      errorAction: 'SAY_AND_CAPTURE',
      callFlowRequestId: 'c6e6dee5-3846-11ef-9e95-b903e2ed7273',
    });
  });

  it.each([
    ['vca-speech-captured', { dtmf: { digits: '7534' }, asrCaptured: 'hello world', clientActionId: 'ivr1_level1' }],
    ['vca-event-data-text', { dtmf: { digits: '1' }, asrCaptured: null, clientActionId: 'ivr1_level1' }],
    ['vca-dtmf-received', { callStatus: 'DTMF_RECEIVED', dtmf: { digits: '1' }, clientActionId: null, fromCountry: 'ID', toCountry: 'ID' }],
    ['vca-after-bridge', { dtmf: { digits: null, problem: null }, clientActionId: 'post_call' }],
  ] as const)('%s is a call action with its digits', (name, expected) => {
    expect(parsed(sample(name))).toMatchObject({ kind: 'vca', ...expected });
  });

  it('a recording has its session, place and length', () => {
    expect(parsed(sample('vru-upload-completed'))).toMatchObject({ subAccountId: null, status: 'UPLOAD_COMPLETED', durationSeconds: 25 });
  });
});

describe('which kind a webhook is', () => {
  it.each([
    ['CALL_ACTION', 'CALL_RECEIVED', null, 'vca'],
    ['CALL_STATUS', 'CALL_RECEIVED', null, 'vcs'],
    ['CALL_STATUS', 'ACTION_COMPLETED', null, 'vca'],
    ['CALL_STATUS', 'CALL_RECEIVED', 'vca', 'vca'],
    ['CALL_STATUS', 'DTMF_RECEIVED', 'vca', 'vca'],
    ['CALL_STATUS', 'DTMF_RECEIVED', null, 'vcs'],
    ['CALL_ACTION', 'DTMF_RECEIVED', null, 'vca'],
    ['CALL_ACTION', 'CALL_RECEIVED', 'vcs', 'vcs'],
    ['CallAction', 'call received', null, 'vca'],
    ['call-status', 'actionCompleted', null, 'vca'],
    [undefined, 'ACTION_COMPLETED', null, 'vca'],
    [undefined, 'CALL_RECEIVED', null, 'vca'],
    [undefined, 'CALL_RECEIVED', 'vcs', 'vcs'],
  ] as const)('%s with %s under %s is a %s', (eventType, callStatus, path, kind) => {
    expect(parsed({ ...sampleWith('vca-call-received', { callStatus }), eventType }, path).kind).toBe(kind);
  });

  it('is told by what only one kind has where eventType is missing', () => {
    expect(parsed({ ...sample('vss-error'), eventType: null }).kind).toBe('vss');
    expect(parsed({ ...sample('vru-upload-completed'), eventType: undefined }).kind).toBe('vru');
  });

  it('is a number update without anything else in it', () => {
    const body = { namespace: 'VOICE', eventType: 'VIRTUAL_NUMBER_UPDATE', payload: { virtualNumber: '+6531589338', status: 'ACTIVE' } };
    expect(parsed(body)).toMatchObject({ kind: 'vnu', subAccountId: null, totalNumbers: null });
    expect(parsed({}, 'vnu')).toMatchObject({ kind: 'vnu', virtualNumbers: [], updateEventType: null });
  });
});

describe('what is not understood', () => {
  it.each([undefined, null, '', 'hello', '[]', '{"a":', 5, true, [], [{}], '"{}"'])('%j is not an object', (body) => {
    expect(parseWebhook(body, 'vca')).toMatchObject({ ok: false, reason: 'not-an-object', kind: 'vca', raw: body });
  });

  it.each([{}, { eventType: 'SMS' }, { payload: {} }, { eventType: 'SMS', payload: { callStatus: 'ACTION_COMPLETED' } }])(
    '%j is of no kind',
    (body) => {
      expect(parseWebhook(body, null)).toMatchObject({ ok: false, reason: 'unknown-kind', kind: null });
    },
  );

  it('a missing session is named, and the rest is told', () => {
    expect(parseWebhook(sampleWith('vca-call-received', { sessionId: undefined }), null)).toMatchObject({
      reason: 'missing-field',
      missing: ['sessionId'],
      kind: 'vca',
      subAccountId: 'your_subaccount_id',
      eventType: 'CALL_ACTION',
    });
  });

  it.each(['', '  ', null, {}, [], 'a\u0000b', 'x'.repeat(300), '\uD800'])('%j is no session id', (sessionId) => {
    expect(parseWebhook(sampleWith('vca-call-received', { sessionId }), null)).toMatchObject({
      reason: 'missing-field',
      missing: ['sessionId'],
    });
  });

  it('a missing subaccount is the only one that the server has', () => {
    const body = sampleWith('vca-call-received', { subAccountId: null });
    expect(parseWebhook(body, null)).toMatchObject({ missing: ['subAccountId'] });
    expect(parseWebhook(body, null, { subAccountId: 'mine' })).toMatchObject({ ok: true, webhook: { subAccountId: 'mine' } });
  });

  it('a body that throws when it is read is told from the others', () => {
    const body = Object.defineProperty({}, 'payload', { enumerable: true, get: () => JSON.parse('{') as unknown });
    expect(parseWebhook(body, 'vca')).toMatchObject({ ok: false, reason: 'unreadable' });
  });

  it('fields of prototypes are no fields', () => {
    const body: unknown = JSON.parse('{"__proto__":{"sessionId":"s","subAccountId":"a"},"constructor":{"sessionId":"s"}}');
    expect(parseWebhook(body, 'vca')).toMatchObject({ reason: 'missing-field', missing: ['subAccountId', 'sessionId'] });
  });
});

describe('variants of a call action', () => {
  const plain = parsed(sample('vca-action-completed')) as CallActionWebhook;

  it.each([
    ['the payload as JSON text', { ...sample('vca-action-completed'), payload: JSON.stringify(sample('vca-action-completed').payload) }],
    ['no payload, its fields at the top', { eventType: 'CALL_ACTION', ...sample('vca-action-completed').payload }],
    ['the whole body as JSON text', JSON.stringify(sample('vca-action-completed'))],
    ['a byte order mark', `\uFEFF${JSON.stringify(sample('vca-action-completed'))}`],
    ['no namespace and description', { eventType: 'CALL_ACTION', payload: sample('vca-action-completed').payload }],
    ['eventType in the payload', { payload: { ...sample('vca-action-completed').payload, eventType: 'CALL_ACTION' } }],
    ['upper-case keys', recased(sample('vca-action-completed'), (key) => key.toUpperCase())],
    ['lower-case keys', recased(sample('vca-action-completed'), (key) => key.toLowerCase())],
    ['snake-case keys', recased(sample('vca-action-completed'), (key) => key.replace(/([A-Z])/g, '_$1').toLowerCase())],
    ['numbers as texts', sampleWith('vca-action-completed', { sipCode: '200', callDuration: '0' })],
    ['a SIP code with its phrase', sampleWith('vca-action-completed', { sipCode: '200 OK' })],
    ['digits as a number', sampleWith('vca-action-completed', { eventData: { dtmf: 1 } })],
    ['fields that nobody knows', sampleWith('vca-action-completed', { extra: { deep: [1] }, more: null })],
  ])('with %s says the same', (_variant, body) => {
    const { raw, ...webhook } = parsed(body) as CallActionWebhook;
    expect({ ...webhook, raw: plain.raw }).toEqual(plain);
    expect(raw).toBe(body);
  });

  it('a field that is spelled right wins over one that is not', () => {
    expect(parsed(sampleWith('vca-action-completed', { SESSIONID: 'other' }))).toMatchObject({ sessionId: plain.sessionId });
  });

  it.each([
    'callDirection',
    'callType',
    'source',
    'destination',
    'timestamp',
    'sipCode',
    'callDuration',
    'eventId',
    'callId',
    'clientActionId',
  ])('%s may be missing or null', (field) => {
    const missing = parsed(sampleWith('vca-action-completed', { [field]: undefined }));
    const empty = parsed(sampleWith('vca-action-completed', { [field]: null }));
    expect({ ...missing, raw: null }).toEqual({ ...empty, raw: null });
    expect(missing).toMatchObject({ kind: 'vca', sessionId: plain.sessionId, dtmf: plain.dtmf });
  });

  it('without a status it is of unknown status', () => {
    expect(parsed(sampleWith('vca-action-completed', { callStatus: undefined }), 'vca')).toMatchObject({ callStatus: 'UNKNOWN' });
  });
});

function recased(value: unknown, rename: (key: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [rename(key), recased(inner, rename)]));
}
