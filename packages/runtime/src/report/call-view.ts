import { endedBy } from '../calls/ended-by.ts';
import { readState } from '../calls/state.ts';
import { maskNumber, maskText } from '../observe/mask-text.ts';
import { maskWebhook } from '../observe/redact.ts';
import type { CallRecord } from '../store/store.ts';
import type { CallView } from './lines.ts';

/** A call for people and programs; numbers masked unless `showNumbers`. */
export function viewCall(call: CallRecord, showNumbers: boolean): CallView {
  const state = readState(call.state);
  const { error, endRequested, siteSince } = state;
  const number = (value: string): string => (showNumbers ? value : maskNumber(value));
  return {
    id: call.id,
    subAccountId: call.subAccountId,
    sessionId: call.sessionId,
    flow: call.flow,
    flowVersion: call.flowVersion,
    direction: call.direction,
    from: call.from === null ? null : number(call.from),
    to: number(call.to),
    status: endRequested && call.endedAt === null ? 'ending' : call.status,
    site: call.site,
    lastSite: call.lastSite,
    siteSince: siteSince === 0 ? null : iso(siteSince),
    turn: call.turn,
    startedAt: iso(call.startedAt),
    seenAt: iso(call.seenAt),
    endedAt: call.endedAt === null ? null : iso(call.endedAt),
    endedBy: endedBy(call, state),
    clientRequestId: call.clientRequestId,
    ...viewNoted(call, showNumbers),
    error,
  };
}

/** What the flow has noted on a call, and what it has returned; telephone numbers in texts masked unless `showNumbers`. */
export function viewNoted(
  { tags, result }: CallRecord,
  showNumbers: boolean,
): { readonly tags: CallRecord['tags']; readonly result: unknown } {
  const returned: unknown = result == null ? null : JSON.parse(result);
  if (showNumbers) return { tags, result: returned };
  const shown = Object.entries(tags).map(
    ([name, value]) => [name, typeof value === 'string' ? maskText(value, 'numbers') : value] as const,
  );
  return { tags: Object.fromEntries(shown), result: maskWebhook(returned, { digits: 'keep', numbers: 'mask' }) };
}

/** A time as the read side writes it: ISO 8601, UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
