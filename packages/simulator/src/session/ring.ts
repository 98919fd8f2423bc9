import type { FullParty } from '../callers/party.ts';
import type { LegStatus, Leg } from '../wire/leg.ts';
import { OVER, type CallSession } from './call-session.ts';
import { tellProgress } from './send.ts';

/** How ringing a party ended. */
export type Rung = 'answered' | 'not-answered' | 'hung-up' | 'no-coverage';

const STATUS: Readonly<Record<'busy' | 'no-answer' | 'declines' | 'fails', LegStatus>> = {
  busy: 'BUSY',
  'no-answer': 'NO_ANSWER',
  declines: 'FAILED',
  fails: 'FAILED',
};

/** Adds a leg to a session and gives it. */
export function addLeg(session: CallSession, direction: Leg['direction'], source: string | null, destination: string, callId: string): Leg {
  const { numbers } = session.context;
  const leg: Leg = {
    callId,
    direction,
    source,
    destination,
    sourceRefId: direction === 'OUTBOUND' ? numbers.referenceOf(source) : undefined,
    destinationRefId: direction === 'INBOUND' ? numbers.referenceOf(destination) : undefined,
    initiatedAt: session.timeline.now(),
    connectedAt: null,
    disconnectedAt: null,
    status: null,
    sipCode: 200,
  };
  session.legs.push(leg);
  return leg;
}

/** Rings a party until it answers, doesn't, or somebody hangs up. */
export async function ring(session: CallSession, leg: Leg, party: FullParty): Promise<Rung | typeof OVER> {
  tellProgress(session, 'CALL_INITIATED', leg);
  // Whoever is told that it rings may decide at once.
  const byHand = party.does === 'by-hand' ? decisionByHand(session) : null;
  session.emit({
    type: 'ringing',
    leg: leg === session.firstLeg ? 'first' : 'second',
    from: leg.source,
    to: leg.destination,
    byHand: byHand !== null,
  });
  const decision = byHand === null ? await ringOut(session, party) : await byHand;
  if (decision === OVER) return OVER;
  if (decision === 'hangs-up') return settle(leg, session, 'FAILED', 603);
  if (decision.does === 'no-coverage') return 'no-coverage';
  if (decision.does !== 'answers' && decision.does !== 'by-hand') return settle(leg, session, STATUS[decision.does], decision.sipCode);
  leg.connectedAt = session.timeline.now();
  leg.sipCode = decision.sipCode;
  tellProgress(session, 'CALL_CONNECTED', leg);
  return 'answered';
}

/** Waits until a second party hangs up, by itself or by hand. */
export async function talk(session: CallSession, party: FullParty): Promise<void | typeof OVER> {
  if (party.does === 'by-hand') {
    let decision = await decisionByHand(session);
    while (decision !== OVER && decision !== 'hangs-up') decision = await decisionByHand(session);
    return decision === OVER ? OVER : undefined;
  }
  return party.talkMs === null ? session.orOver(new Promise<never>(() => {})) : session.pass(party.talkMs);
}

/** Ends a leg. */
export function hangUpLeg(session: CallSession, leg: Leg, status: LegStatus): void {
  if (leg.disconnectedAt !== null) return;
  leg.disconnectedAt = session.timeline.now();
  leg.status = status;
  tellProgress(session, 'CALL_DISCONNECTED', leg);
}

function settle(leg: Leg, session: CallSession, status: LegStatus, sipCode: number): Rung {
  leg.sipCode = sipCode;
  hangUpLeg(session, leg, status);
  return 'not-answered';
}

async function ringOut(session: CallSession, party: FullParty): Promise<FullParty | typeof OVER> {
  return (await session.pass(party.ringMs)) === OVER ? OVER : party;
}

function decisionByHand(session: CallSession): Promise<FullParty | 'hangs-up' | typeof OVER> {
  // Somebody thinks, and virtual time stands still; a person on the line sees to that already.
  const release = session.start.isPerson ? (): void => {} : session.timeline.hold();
  const decided = new Promise<FullParty | 'hangs-up'>((resolve) => (session.decide = resolve));
  return session.orOver(decided).finally(() => {
    session.decide = null;
    release();
  });
}
