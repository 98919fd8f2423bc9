import { asText, type FieldReader, type JsonObject, readFields, readParties, readSeconds, readSipCode, readTime } from './values.ts';
import type { CallQuality, Leg, SessionSummaryWebhook } from './webhook.ts';

/** What a session summary says besides its ids. */
export function readSummary(fields: FieldReader): Omit<SessionSummaryWebhook, 'kind' | 'eventType' | 'raw' | 'subAccountId' | 'sessionId'> {
  const details = fields.value('errorDetails');
  const error = readFields(fields.object('errorDetails'));
  const legs = readFields(fields.object('details'));
  return {
    status: fields.word('sessionStatus') ?? 'UNKNOWN',
    startTime: readTime(fields.value('startTime')),
    endTime: readTime(fields.value('endTime')),
    lastAction: fields.word('lastAction'),
    callCount: fields.number('callCount'),
    clientRequestId: fields.text('clientRequestId'),
    errorCode: error.number('errorCode') ?? fields.number('errorCode'),
    errorMsg:
      error.text('errorMsg', 1_000) ??
      fields.text('errorMsg', 1_000) ??
      (fields.object('errorDetails') === null ? asText(details, 1_000) : null),
    errorAction: error.word('action'),
    callFlowRequestId: error.text('callFlowRequestId') ?? fields.text('callFlowRequestId'),
    callA: readLeg(legs.object('callA') ?? fields.object('callA')),
    callB: readLeg(legs.object('callB') ?? fields.object('callB')),
  };
}

/** Null for a leg that is missing, or that says nothing at all. */
function readLeg(leg: JsonObject | null): Leg | null {
  if (leg === null || Object.keys(leg).length === 0) return null;
  const fields = readFields(leg);
  return {
    ...readParties(fields),
    callId: fields.text('callId'),
    initiatedAt: readTime(fields.value('initiatedTimestamp')),
    connectedAt: readTime(fields.value('connectedTimestamp')),
    disconnectedAt: readTime(fields.value('disconnectedTimestamp')),
    callStatus: fields.word('callStatus'),
    sipCode: readSipCode(fields.value('sipCode')),
    callDuration: readSeconds(fields.value('callDuration')),
    quality: readQuality(fields.object('callQuality')),
  };
}

function readQuality(quality: JsonObject | null): CallQuality | null {
  if (quality === null) return null;
  const fields = readFields(quality);
  return { mos: fields.number('mos'), packetLossRate: fields.number('packetLossRate'), jitter: fields.number('jitter') };
}
