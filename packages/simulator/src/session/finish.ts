import { writeRecordingEvent, type Recording } from '../wire/recording-event.ts';
import { ERROR_MESSAGES } from '../rules/status-codes.ts';
import type { Leg } from '../wire/leg.ts';
import { writeSummary, type SessionStatus } from '../wire/session-summary.ts';
import type { CallSession } from './call-session.ts';
import { hangUpLeg } from './ring.ts';
import { tell } from './send.ts';

/** Takes down the legs, says how the session ended, and delivers what is due after that. */
export async function finish(session: CallSession): Promise<void> {
  const { ending, context } = session;
  if (ending === null) return;
  const { subAccountId, behaviour } = context;
  const failed = ending.error !== null;
  // A caller who gives up while the second party rings has both legs canceled.
  const givenUp = !failed && ending.by === 'caller' && session.legs.length > 1 && isRinging(session.legs.at(-1));
  for (const leg of session.legs) {
    if (isRinging(leg)) leg.sipCode = failed ? leg.sipCode : 487;
    hangUpLeg(session, leg, leg.connectedAt !== null && !givenUp ? 'COMPLETED' : failed ? 'ERROR' : 'CANCELED');
  }
  const { error, by, cutBy } = ending;
  const status = failed ? 'ERROR' : statusOf(session);
  session.end = { by, status, errorCode: error?.code ?? null, reason: error?.reason ?? null, cutBy };
  session.emit({ type: 'ended', end: session.end });
  const requestId = behaviour.wire.errorDetails === 'full' ? session.newId() : undefined;
  const summary = {
    sessionId: session.id,
    subAccountId,
    sessionStatus: status,
    startedAt: session.firstLeg.initiatedAt,
    endedAt: session.timeline.now(),
    lastAction: session.lastAction,
    clientRequestId: session.start.clientRequestId,
    // 8x8 has one text per code; what went wrong in detail is told by the fault, and by the end of the session.
    error: error === null ? null : { code: error.code, message: ERROR_MESSAGES[error.code], callFlowRequestId: requestId },
    legs: session.legs.map((leg) => ({ ...leg })),
  };
  await tellSummary(session, () => writeSummary(summary, behaviour.wire));
  for (const deliver of session.afterSummary.splice(0)) session.track(deliver());
  if (session.recordingAsked && behaviour.recordings !== 'off') await tellRecording(session, behaviour.recordings);
}

async function tellSummary(session: CallSession, write: () => string): Promise<void> {
  const { lost, lateMs, againMs } = session.planSummary();
  if (lateMs > 0) await session.later(lateMs);
  if (!lost) await tell(session, 'VSS', write);
  if (againMs !== null) session.track(session.later(againMs).then(() => tell(session, 'VSS', write)));
}

function isRinging(leg: Leg | undefined): boolean {
  return leg !== undefined && leg.connectedAt === null && leg.disconnectedAt === null;
}

async function tellRecording(session: CallSession, status: Recording['status']): Promise<void> {
  const { recordings, behaviour } = session.context;
  const recordingId = session.newId();
  const startedAt = session.firstLeg.connectedAt ?? session.firstLeg.initiatedAt;
  const filePath = recordings.pathOf(session.id, recordingId, startedAt);
  const durationSeconds = Math.floor((session.timeline.now() - startedAt) / 1000);
  const recording: Recording = { recordingId, sessionId: session.id, durationSeconds, filePath, startedAt, status };
  recordings.add(recording);
  await tell(session, 'VRU', () => writeRecordingEvent(recording, behaviour.wire));
}

/** The status by the legs: the first leg's where it never came about, else the last second leg's where that didn't. */
function statusOf(session: CallSession): SessionStatus {
  const first = session.firstLeg;
  if (first.connectedAt === null) return first.status ?? 'CANCELED';
  const second = session.legs.length > 1 ? session.legs.at(-1) : undefined;
  return second === undefined || second.connectedAt !== null ? 'COMPLETED' : (second.status ?? 'COMPLETED');
}
