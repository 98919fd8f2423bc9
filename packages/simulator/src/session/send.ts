import { cutText } from '@hookswitch/dsl';
import type { CallflowResponse } from '@hookswitch/dsl';
import type { Delivered, Letter } from '../delivery/courier.ts';
import type { HttpOutcome } from '../delivery/http-sender.ts';
import type { WebhookType } from '../registry/webhooks.ts';
import { writeCallStatus, type ProgressStatus } from '../wire/call-event.ts';
import type { Leg } from '../wire/leg.ts';
import type { CallSession } from './call-session.ts';

/** Sends a webhook of a session, or null where none of its type is registered. `write` gives the body for an event id. */
export function send(session: CallSession, type: WebhookType, write: (eventId: string) => string): Promise<Delivered> | null {
  const webhook = session.context.webhooks.active(type);
  if (webhook === null) return null;
  const ids = [session.newId()];
  const bodies: string[] = [];
  const turn = type === 'VCA' ? session.turn : null;
  const letter: Letter = {
    webhook,
    write: (attempt) => (bodies[attempt] ??= write((ids[attempt] ??= session.newId()))),
    plan: session.planDelivery(type),
    timeline: session.timeline,
    track: (work) => session.track(work),
    later: (repeat) => session.postpone(repeat),
    differs: (first, other) => {
      // A server may have erased what was said by then.
      if (session.end !== null && other.answered && other.status === 200 && hangsUp(other.body)) return;
      session.fault({ kind: 'duplicate', turn, message: describeDifference(type, first, other) });
    },
  };
  // What waits for a later webhook of the session goes out behind this one; progress doesn't count.
  const due = type === 'VCS' ? [] : session.takePostponed();
  return session.context.courier.deliver(letter).finally(() => {
    for (const repeat of due) session.track(repeat());
  });
}

/** Sends a webhook whose answer doesn't matter, beside the session. Anything but 200 is a fault. */
export function tell(session: CallSession, type: WebhookType, write: (eventId: string) => string): Promise<void> {
  const sent = send(session, type, write);
  if (sent === null) return Promise.resolve();
  const told = sent.then((delivered) => {
    if (delivered.answered && delivered.status === 200) return;
    if (delivered.byChaos !== true) session.fault({ ...describeFailure(type, delivered), turn: null });
  });
  session.track(told);
  return told;
}

/** Sends a VCS. */
export function tellProgress(session: CallSession, status: ProgressStatus, leg: Leg, captured?: { readonly dtmf: string }): void {
  if (session.context.webhooks.active('VCS') === null) return;
  const at = session.timeline.now();
  const { subAccountId, behaviour } = session.context;
  void tell(session, 'VCS', (eventId) =>
    writeCallStatus(status, { eventId, sessionId: session.id, subAccountId, leg: { ...leg }, at, captured }, behaviour.wire),
  );
}

/** A delivery that failed, as a fault. */
export function describeFailure(
  type: WebhookType,
  failed: HttpOutcome,
): { readonly kind: 'status' | 'timeout' | 'connection'; readonly message: string } {
  if (failed.answered)
    return {
      kind: 'status',
      message: `${type} was answered with status ${failed.status}; it must be 200. The answer begins: ${begin(failed.body)}`,
    };
  const kind = failed.why === 'timeout' ? 'timeout' : 'connection';
  return { kind, message: `${type} was not answered: ${failed.detail} (${failed.why}).` };
}

/** Whether an answer only hangs up. */
function hangsUp(body: string): boolean {
  try {
    const { callflow } = JSON.parse(body) as Partial<CallflowResponse>;
    return callflow?.length === 1 && callflow[0]?.action === 'hangup';
  } catch {
    return false;
  }
}

function describeDifference(type: WebhookType, first: string, other: HttpOutcome): string {
  if (!other.answered) return `A repeated ${type} was not answered: ${other.detail}.`;
  if (other.status !== 200) return `A repeated ${type} was answered with status ${other.status}, the first delivery with 200.`;
  return `A repeated ${type} was answered with other bytes than the first delivery. First: ${begin(first)} Then: ${begin(other.body)}`;
}

/** The beginning of an answer, for people. */
export function begin(body: string): string {
  return body === '' ? '(nothing)' : JSON.stringify(cutText(body, 300));
}
