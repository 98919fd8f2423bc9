import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeActionRequest, writeCallStatus, type CallEvent } from './call-event.ts';
import type { Leg } from './leg.ts';
import { writeNumberEvent } from './number-event.ts';
import { countryOf, isE164, sameNumber, writeNumber } from './numbers.ts';
import { writeRecordingEvent, type Recording } from './recording-event.ts';
import { writeSummary, type Summary } from './session-summary.ts';
import { DEFAULT_WIRE, type WireBehaviour } from './wire-behaviour.ts';

type Json = { readonly [key: string]: unknown };
type ErrorDetails = {
  readonly errorMsg: string;
  readonly errorCode: number;
  readonly callFlowRequestId?: string;
  readonly action?: string;
};

function sample(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../../fixtures/webhooks/${name}.json`, import.meta.url), 'utf8')) as Json;
}

const noRefs = { sourceRefId: undefined, destinationRefId: undefined };

function legOf(payload: Json, direction: 'INBOUND' | 'OUTBOUND'): Leg {
  const { callId, source, destination, sourceRefId, destinationRefId, sipCode = 200 } = payload as Json & { sipCode?: number };
  const at = (key: string): number | null => (typeof payload[key] === 'string' ? Date.parse(payload[key]) : null);
  return {
    ...noRefs,
    callId: callId as string,
    direction,
    source: source as string,
    destination: destination as string,
    sourceRefId: sourceRefId as string | undefined,
    destinationRefId: destinationRefId as string | undefined,
    initiatedAt: at('initiatedTimestamp') ?? 0,
    connectedAt: at('connectedTimestamp'),
    disconnectedAt: at('disconnectedTimestamp'),
    status: payload['callStatus'] as Leg['status'],
    sipCode,
  };
}

function eventOf({ payload }: Json): CallEvent {
  const of = payload as Json;
  return {
    eventId: of['eventId'] as string,
    sessionId: of['sessionId'] as string,
    subAccountId: of['subAccountId'] as string,
    leg: legOf(of, of['callDirection'] as 'INBOUND'),
    at: Date.parse(of['timestamp'] as string),
    clientActionId: of['clientActionId'] as string | undefined,
    captured: capturedOf(of),
  };
}

/** What was captured, wherever a sample has it. */
function capturedOf({ eventData, dtmf }: Json): CallEvent['captured'] {
  if (dtmf !== undefined) return { dtmf: dtmf as string };
  return typeof eventData === 'string' ? { dtmf: eventData } : (eventData as CallEvent['captured']);
}

/** The samples' numbers are too short or too long for E.164 here and there, and one timestamp has no milliseconds. */
const AS_SAMPLED = { ...DEFAULT_WIRE, numbers: 'as-written' as const };

describe('webhooks, compared with the published samples', () => {
  it('writes a VCA of a call that came in', () => {
    const expected = sample('vca-call-received');
    const written = JSON.parse(writeActionRequest('CALL_RECEIVED', eventOf(expected), AS_SAMPLED)) as Json;
    expect(written).toEqual({ ...expected, payload: { ...(expected['payload'] as Json), timestamp: '2019-10-16T08:12:01.000Z' } });
  });

  it.each<[string, Partial<WireBehaviour>]>([
    ['vca-action-completed', {}],
    ['vca-after-bridge', {}],
    ['vca-speech-captured', {}],
    ['vca-event-data-text', { eventData: 'string' }],
  ])('writes the VCA %s', (name, wire) => {
    const expected = sample(name);
    expect(JSON.parse(writeActionRequest('ACTION_COMPLETED', eventOf(expected), { ...AS_SAMPLED, ...wire }))).toEqual(expected);
  });

  it('writes an older VCA with its digits, without an echo', () => {
    const { payload, ...envelope } = sample('vca-dtmf-received');
    const wire = { ...AS_SAMPLED, eventData: 'beside', capturedStatus: 'DTMF_RECEIVED', clientActionId: 'absent' } as const;
    const event = { ...eventOf({ payload }), clientActionId: 'main.0' };
    const countries = { sourceCountryCode: 'ID', destinationCountryCode: 'ID' };
    expect(JSON.parse(writeActionRequest('ACTION_COMPLETED', event, wire))).toEqual({
      ...envelope,
      payload: { ...(payload as Json), ...countries },
    });
  });

  it('writes a VCS', () => {
    const expected = sample('vcs-call-received');
    const written = writeCallStatus('CALL_RECEIVED', eventOf(expected), { ...AS_SAMPLED, keyOrder: 'payload-first' });
    expect(JSON.parse(written)).toEqual(expected);
    expect(written.startsWith('{"payload"')).toBe(true);
  });

  it('writes a VRU', () => {
    const expected = sample('vru-upload-completed');
    expect(JSON.parse(writeRecordingEvent({ ...(expected['payload'] as Recording), startedAt: 0 }, DEFAULT_WIRE))).toEqual(expected);
  });

  it.each(['vss-bridge-answered', 'vss-error', 'vss-error-of-an-action'])('writes the summary %s', (name) => {
    const expected = sample(name);
    const payload = expected['payload'] as Json & { readonly errorDetails?: ErrorDetails };
    const { errorMsg: message, errorCode: code, callFlowRequestId, action } = payload.errorDetails ?? {};
    const legs = Object.values(payload['details'] as Record<string, Json>).map((leg) => legOf(leg, 'OUTBOUND'));
    const summary: Summary = {
      sessionId: payload['sessionId'] as string,
      subAccountId: payload['subAccountId'] as string,
      sessionStatus: payload['sessionStatus'] as Summary['sessionStatus'],
      startedAt: Date.parse(payload['startTime'] as string),
      endedAt: Date.parse(payload['endTime'] as string),
      lastAction: payload['lastAction'] as string,
      clientRequestId: payload['clientRequestId'] as string | undefined,
      error: code === undefined || message === undefined ? null : { code, message, callFlowRequestId },
      legs,
    };
    const written = JSON.parse(writeSummary(summary, { ...AS_SAMPLED, errorDetails: action === undefined ? 'short' : 'full' })) as Json & {
      readonly payload: Json;
    };
    // The sample's durations are of exact times, its timestamps of whole seconds.
    expect(durationsToNull(written)).toEqual(durationsToNull({ version: 5, ...expected }));
  });

  it('writes a VNU', () => {
    const expected = sample('vnu-updates');
    const { subAccountId, virtualNumbers } = expected['payload'] as Json & { readonly virtualNumbers: readonly Json[] };
    const numbers = virtualNumbers.map((row) => ({
      number: row['msisdn'] as string,
      referenceId: row['referenceId'] as string,
      status: row['operationalStatus'] as 'Active',
      updatedAt: Date.parse(row['updatedTimestamp'] as string),
    }));
    const { payload, ...envelope } = JSON.parse(writeNumberEvent(subAccountId as string, numbers, numbers, DEFAULT_WIRE)) as Json;
    expect(withoutPrices({ ...envelope, payload })).toEqual(withoutPrices(expected));
  });

  it('writes a VNU with the numbers that changed marked', () => {
    const numbers = [1, 2].map((n) => ({ number: `+656833204${n}`, referenceId: `ref-${n}`, status: 'Active' as const, updatedAt: 0 }));
    const { payload } = JSON.parse(writeNumberEvent('sub', numbers, numbers.slice(1), DEFAULT_WIRE)) as { payload: Json };
    expect(payload).toMatchObject({ subAccountId: 'sub', totalNumbers: 2, updateEventType: 'UPDATES' });
    expect(payload['virtualNumbers']).toMatchObject([
      { updateStatus: 'NO_CHANGE' },
      { msisdn: '+6568332042', updateStatus: 'UPDATED', countryCode: 'SG' },
    ]);
  });
});

describe('how webhooks may be written otherwise', () => {
  const event: CallEvent = { ...eventOf(sample('vca-action-completed')), captured: { dtmf: '1' } };
  const write = (wire: object): Json & { payload: Json } =>
    JSON.parse(writeActionRequest('ACTION_COMPLETED', event, { ...DEFAULT_WIRE, ...wire })) as never;

  it.each<[object, object]>([
    [{ numbers: 'plus' }, { source: '+6568888888' }],
    [{ numbers: 'bare' }, { source: '6568888888', destination: '6598888888' }],
    [{ eventData: 'string' }, { eventData: '1' }],
    [{ eventData: 'beside' }, { dtmf: '1' }],
    [{ callDuration: 'string' }, { callDuration: '0' }],
    [{ asrCaptured: true }, { eventData: { dtmf: '1', asrCaptured: null } }],
    [{ capturedStatus: 'DTMF_RECEIVED' }, { callStatus: 'DTMF_RECEIVED' }],
    [{ clientActionId: 'absent', missing: 'null' }, { clientActionId: null }],
    [{ keyCase: 'lower' }, { sessionid: event.sessionId, eventdata: { dtmf: '1' } }],
    [{ keyCase: 'pascal' }, { SessionId: event.sessionId, EventData: { Dtmf: '1' } }],
  ])('with %j', (wire, expected) => {
    expect(write(wire).payload).toMatchObject(expected);
  });

  it('as CALL_STATUS, as an older guide shows it', () => {
    expect(write({ vcaEventType: 'CALL_STATUS' })['eventType']).toBe('CALL_STATUS');
  });

  it('with null for what is missing', () => {
    const event = eventOf(sample('vca-call-received'));
    const { payload } = JSON.parse(writeActionRequest('CALL_RECEIVED', event, { ...DEFAULT_WIRE, missing: 'null' })) as { payload: Json };
    expect(payload).toMatchObject({ sourceRefId: null, clientActionId: null });
  });

  it('with fields that nobody knows', () => {
    expect(write({ unknownFields: true })).toMatchObject({
      platformRegion: 'simulated',
      payload: { carrierHints: { route: 'simulated' } },
    });
  });

  it.each<[object, string[]]>([
    [{}, ['callA', 'callB']],
    [{ legNames: 'CallA' }, ['CallA', 'CallB']],
    [{ summaryLegs: 'all' }, ['callA', 'callB', 'callC']],
  ])('with the legs of a summary under names by %j', (wire, names) => {
    const summary: Summary = {
      sessionId: 's',
      subAccountId: 'a',
      sessionStatus: 'COMPLETED',
      startedAt: 0,
      endedAt: 0,
      lastAction: undefined,
      clientRequestId: undefined,
      error: null,
      legs: [1, 2, 3].map((n) => ({ ...event.leg, callId: `leg-${n}` })),
    };
    const { payload } = JSON.parse(writeSummary(summary, { ...DEFAULT_WIRE, ...wire })) as {
      payload: { details: Record<string, { callId: string }> };
    };
    expect(Object.keys(payload.details)).toEqual(names);
    expect(Object.values(payload.details).at(-1)?.callId).toBe('leg-3');
  });
});

describe('numbers', () => {
  it('knows E.164 with and without plus', () => {
    expect(['+6591178965', '6591178965', '12'].map(isE164)).toEqual([true, true, false]);
    expect(sameNumber('+6591178965', '6591178965')).toBe(true);
  });

  it('knows countries, and leaves alone what it does not know', () => {
    expect([countryOf('+6591178965'), countryOf('85291178965'), countryOf('+999'), countryOf(null)]).toEqual(['SG', 'HK', null, null]);
    expect(writeNumber('anonymous', 'plus')).toBe('anonymous');
  });
});

function durationsToNull(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'callDuration' ? null : inner))) as unknown;
}

/** The simulator's numbers all cost the same. */
function withoutPrices(value: unknown): unknown {
  const own = ['billingUnit', 'numberHealthCheckEnabled'];
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (own.includes(key) ? null : inner))) as unknown;
}
