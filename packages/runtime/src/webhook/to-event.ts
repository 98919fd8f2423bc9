import type { CallActionEvent, SessionSummaryEvent } from '../session/events.ts';
import { readEcho } from '../session/action-id.ts';
import { maskWebhook } from '../observe/redact.ts';
import { bridgeResultOf } from './parse/bridge-result.ts';
import type { CallActionWebhook, SessionSummaryWebhook } from './parse/webhook.ts';

/** A VCA as sessions see it. `text` is the body as it came: it is stored as it is unless digits must be masked. */
export function toCallActionEvent(webhook: CallActionWebhook, text: string): CallActionEvent {
  return {
    subAccountId: webhook.subAccountId,
    sessionId: webhook.sessionId,
    legId: webhook.legCallId,
    eventId: webhook.eventId,
    // Only a call that comes in has no callflow to report of.
    status: webhook.callStatus === 'CALL_RECEIVED' ? 'received' : 'completed',
    direction: webhook.direction ?? 'inbound',
    from: webhook.from,
    to: webhook.to ?? '',
    fromCountry: webhook.fromCountry,
    toCountry: webhook.toCountry,
    at: webhook.at,
    echo: readEcho(webhook.clientActionId),
    digits: webhook.dtmf.digits,
    digitsProblem: webhook.dtmf.problem,
    sipCode: webhook.sipCode,
    duration: webhook.callDuration,
    bridgeResult: (firstLegId) => bridgeResultOf(webhook, firstLegId) ?? { outcome: 'unknown', sipCode: null, duration: null },
    stored: ({ digits }) => (digits ? JSON.stringify(maskWebhook(webhook.raw, { digits: 'mask', numbers: 'keep' })) : text),
  };
}

/** A VSS as sessions see it. */
export function toSummaryEvent(webhook: SessionSummaryWebhook): SessionSummaryEvent {
  return {
    subAccountId: webhook.subAccountId,
    sessionId: webhook.sessionId,
    status: webhook.status,
    at: webhook.endTime,
    clientRequestId: webhook.clientRequestId,
    errorCode: webhook.errorCode,
    errorMessage: webhook.errorMsg,
    bridge: bridgeResultOf(webhook, null) ?? null,
    raw: webhook.raw,
  };
}
