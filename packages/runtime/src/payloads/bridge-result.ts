import type { BridgeOutcome, BridgeResult } from '@hookswitch/dsl';
import type { CallActionWebhook, Leg, SessionSummaryWebhook } from './webhook.ts';

const BY_SIP_CODE: ReadonlyMap<number, BridgeOutcome> = new Map([
  [408, 'no-answer'],
  [480, 'no-answer'],
  [486, 'busy'],
  [487, 'no-answer'],
  [600, 'busy'],
  [603, 'declined'],
]);

const BY_STATUS: ReadonlyMap<string, BridgeOutcome> = new Map([
  ['COMPLETED', 'answered'],
  ['ANSWERED', 'answered'],
  ['CONNECTED', 'answered'],
  ['BUSY', 'busy'],
  ['NO_ANSWER', 'no-answer'],
  ['NOANSWER', 'no-answer'],
  ['TIMEOUT', 'no-answer'],
  // The caller hung up before the second party answered.
  ['CANCELED', 'no-answer'],
  ['CANCELLED', 'no-answer'],
  ['DECLINED', 'declined'],
  ['REJECTED', 'declined'],
  ['FAILED', 'failed'],
  ['ERROR', 'failed'],
]);

/**
 * How a bridge ended, as a webhook tells it; undefined where it tells nothing of a second leg.
 *
 * A call action is trusted only when its leg is not the session's first one (`firstLegCallId`, null when not known): 8x8 doesn't document whose SIP code it
 * carries otherwise, and the outcome is `unknown`. Of the second leg a code that tells of a failure is believed; 200 is not, for a call action "typically shows
 * 200" (8x8, SIP Response Codes): only seconds that were spoken show that somebody answered. A session summary tells of its second leg, `callB`.
 */
export function bridgeResultOf(
  webhook: CallActionWebhook | SessionSummaryWebhook,
  firstLegCallId: string | null,
): BridgeResult | undefined {
  return webhook.kind === 'vca' ? ofAction(webhook, firstLegCallId) : ofSummary(webhook);
}

/** What a SIP code (RFC 3261) of the second leg says of a bridge. */
export function outcomeOfSipCode(sipCode: number | null): BridgeOutcome {
  // A provisional code says that nothing is decided yet.
  if (sipCode === null || sipCode < 200) return 'unknown';
  return sipCode < 300 ? 'answered' : (BY_SIP_CODE.get(sipCode) ?? 'failed');
}

function ofAction(webhook: CallActionWebhook, firstLegCallId: string | null): BridgeResult | undefined {
  if (webhook.callStatus !== 'ACTION_COMPLETED') return undefined;
  const { legCallId, sipCode, callDuration } = webhook;
  return bridgeOfLeg({ legId: legCallId, sipCode, duration: callDuration }, firstLegCallId);
}

/** What the report of a leg says of a bridge, judged against the first leg's id (null when not known). `duration` in seconds. */
export function bridgeOfLeg(
  { legId, sipCode, duration }: { readonly legId: string | null; readonly sipCode: number | null; readonly duration: number | null },
  firstLegId: string | null,
): BridgeResult {
  const trusted = legId !== null && firstLegId !== null && legId.toLowerCase() !== firstLegId.toLowerCase();
  if (!trusted) return { outcome: 'unknown', sipCode: null, duration: null };
  const told = outcomeOfSipCode(sipCode);
  const isOpen = told === 'answered' || told === 'unknown';
  const wasSpoken = duration !== null && duration > 0;
  return { outcome: !isOpen ? told : wasSpoken ? 'answered' : 'unknown', sipCode, duration };
}

function ofSummary(webhook: SessionSummaryWebhook): BridgeResult | undefined {
  const { callA, callB } = webhook;
  if (callB !== null) return { outcome: outcomeOfLeg(callB), sipCode: callB.sipCode, duration: callB.callDuration };
  // Without the leg, the session's status is still the second leg's where the first one was completed and the session was not.
  if (callA?.callStatus !== 'COMPLETED' || webhook.status === 'COMPLETED' || webhook.status === 'ERROR') return undefined;
  const outcome = BY_STATUS.get(webhook.status);
  return outcome === undefined ? undefined : { outcome, sipCode: null, duration: null };
}

function outcomeOfLeg(leg: Leg): BridgeOutcome {
  const outcome = leg.callStatus === null ? undefined : BY_STATUS.get(leg.callStatus);
  if (outcome !== undefined && outcome !== 'failed') return outcome;
  // "Failed" may be all that the word says where the code says why.
  return leg.sipCode === null || (outcome === 'failed' && leg.sipCode === 200) ? (outcome ?? 'unknown') : outcomeOfSipCode(leg.sipCode);
}
