import type { Recording, Status, Summary, Vca } from '../calls/input.ts';
import { readEcho } from '../calls/reply/action-id.ts';
import { bridgeResultOf } from '../payloads/bridge-result.ts';
import type { CallActionWebhook, CallStatusWebhook, RecordingWebhook, SessionSummaryWebhook } from '../payloads/webhook.ts';

/** A VCA as an input. `text`: the body as it came; `id`: that of the call, should it begin with this; `at`: our own time. */
export function toVca(webhook: CallActionWebhook, text: string, id: string, at: number): Vca {
  const { legCallId, sipCode, callDuration, callStatus } = webhook;
  return {
    kind: 'vca',
    at,
    id,
    subAccountId: webhook.subAccountId,
    sessionId: webhook.sessionId,
    eventId: webhook.eventId,
    // Only a call that comes in has no callflow to report of.
    status: callStatus === 'CALL_RECEIVED' ? 'received' : 'completed',
    direction: webhook.direction ?? 'inbound',
    from: webhook.from,
    to: webhook.to ?? '',
    fromCountry: webhook.fromCountry,
    toCountry: webhook.toCountry,
    sentAt: webhook.at,
    echo: readEcho(webhook.clientActionId),
    digits: webhook.dtmf.digits,
    digitsProblem: webhook.dtmf.problem,
    legId: legCallId,
    leg: callStatus === 'ACTION_COMPLETED' ? { legId: legCallId, sipCode, duration: callDuration } : null,
    text,
    raw: webhook.raw,
  };
}

/** A VSS as an input. */
export function toSummary(webhook: SessionSummaryWebhook, at: number): Summary {
  return {
    kind: 'summary',
    at,
    subAccountId: webhook.subAccountId,
    sessionId: webhook.sessionId,
    status: webhook.status,
    endedAt: webhook.endTime,
    clientRequestId: webhook.clientRequestId,
    errorCode: webhook.errorCode,
    errorMessage: webhook.errorMsg,
    bridge: bridgeResultOf(webhook, null) ?? null,
    webhook,
  };
}

/** A VCS as an input. */
export function toStatus(webhook: CallStatusWebhook, at: number): Status {
  return { kind: 'status', at, subAccountId: webhook.subAccountId, sessionId: webhook.sessionId, webhook };
}

/** A VRU as an input; `subAccountIds`: those that it may be of where it names none. */
export function toRecording(webhook: RecordingWebhook, at: number, subAccountIds: readonly string[]): Recording {
  const { subAccountId, sessionId } = webhook;
  return { kind: 'recording', at, subAccountIds: subAccountId === null ? subAccountIds : [subAccountId], sessionId, webhook };
}
