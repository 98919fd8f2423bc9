import type { Action, ActionName, MakeCallAction, PlayFileAction, SayAction, SayAndCaptureAction } from '@hookswitch/dsl';
import { match } from 'ts-pattern';
import { readParty } from '../callers/party.ts';
import type { ErrorCode } from '../rules/status-codes.ts';
import { addLeg, hangUpLeg, ring, talk } from './ring.ts';
import { OVER, type CallSession } from './call-session.ts';
import { ask, type Question } from './ask.ts';
import type { BridgeOutcome } from './events.ts';
import { hear, hearFile, speechMs } from './hear.ts';
import { runCapture } from './run-capture.ts';
import { tellProgress } from './send.ts';

/** What an action leaves behind: what the next VCA tells. */
type Done = Question | typeof OVER;

type Runners = { readonly [Name in ActionName]: (session: CallSession, action: Extract<Action, { action: Name }>) => Promise<Done> };

const RUNNERS: Runners = { makeCall, say, sayAndCapture, playFile, hangup };

/** The actions' names in summaries. */
const SUMMARY_NAMES: Readonly<Record<ActionName, string>> = {
  makeCall: 'MAKE_CALL',
  say: 'SAY',
  sayAndCapture: 'SAY_AND_CAPTURE',
  playFile: 'PLAY_FILE',
  hangup: 'HANGUP',
};

/** Runs actions one by one and asks for more, until the session is over. */
export async function runActions(session: CallSession, actions: readonly Action[]): Promise<void> {
  let queue = [...actions];
  for (let action = queue.shift(); action !== undefined; action = queue.shift()) {
    session.lastAction = SUMMARY_NAMES[action.action];
    const done = await (RUNNERS[action.action] as (session: CallSession, action: Action) => Promise<Done>)(session, action);
    if (done === OVER || session.isOver) return;
    if (!isDecisionDue(session, action, queue)) continue;
    if (queue.length === 0 && action.action !== 'sayAndCapture' && (await endsHere(session, action))) return;
    const answered = await ask(session, 'ACTION_COMPLETED', done);
    if (answered === OVER) return;
    queue = session.context.behaviour.answerReplaces ? [...answered] : [...queue, ...answered];
  }
}

function isDecisionDue(session: CallSession, action: Action, queue: readonly Action[]): boolean {
  if (action.action === 'sayAndCapture' && queue[0]?.action === 'hangup') {
    const message =
      'A hangup follows a capture: its digits are ignored, and nobody is asked what to do with them. Send the hangup in the next answer.';
    session.fault({ kind: 'digits-ignored', turn: session.turn, message, code: null, path: null });
    return false;
  }
  return queue.length === 0 || action.action === 'sayAndCapture' || session.context.behaviour.vcaPer === 'action';
}

/** Whether a callflow that ends with this action brings no VCA; then the session ends, or is silent until the caller hangs up. */
async function endsHere(session: CallSession, action: Action): Promise<boolean> {
  const { afterLastAction } = session.context.behaviour;
  const isBridge = action.action === 'makeCall' && session.legs.length > 1;
  // A session that was sent through the REST API ends where its callflow does when there is nobody to ask.
  const nobody = session.start.direction === 'outbound' && session.context.webhooks.active('VCA') === null;
  if (nobody) session.stop({ by: 'platform' });
  else if (isBridge || afterLastAction === 'vca') return false;
  else if (afterLastAction === 'end') session.stop({ by: 'platform' });
  else {
    session.emit({ type: 'silence' });
    await session.orOver(new Promise<never>(() => {}));
  }
  return true;
}

async function say(session: CallSession, { params }: SayAction): Promise<Done> {
  const speed = params.speed ?? 1;
  for (let times = params.repetition ?? 1; times > 0; times--) {
    hear(session, { as: 'say', text: params.text, voice: params.voiceProfile, speed });
    if ((await session.pass(speechMs(session, params.text, speed))) === OVER) return OVER;
  }
  return { leg: session.firstLeg };
}

async function playFile(session: CallSession, { params }: PlayFileAction): Promise<Done> {
  const { behaviour, files } = session.context;
  if (behaviour.files === 'downloaded') {
    const release = session.timeline.hold();
    const problem = await session.orOver(files.problemWith(params.fileUrl)).finally(release);
    if (problem === OVER) return OVER;
    if (problem !== null) {
      session.fault({ kind: 'file', turn: session.turn, message: `${params.fileUrl}: ${problem}.` });
      return fail(session, -2006, problem);
    }
  }
  for (let times = params.repetition ?? 1; times > 0; times--) {
    hearFile(session, params.fileUrl);
    if ((await session.pass(behaviour.playFileMs)) === OVER) return OVER;
  }
  return { leg: session.firstLeg };
}

async function sayAndCapture(session: CallSession, action: SayAndCaptureAction): Promise<Done> {
  const result = await runCapture(session, action);
  return result === OVER ? OVER : { leg: session.firstLeg, captured: { dtmf: result.dtmf } };
}

async function hangup(session: CallSession): Promise<Done> {
  session.stop({ by: 'server' });
  return OVER;
}

/** The first `makeCall` of an outbound session calls its first leg; every other one bridges a second leg to the living one. */
function makeCall(session: CallSession, action: MakeCallAction): Promise<Done> {
  if (action.params.callRecording === true) session.recordingAsked = true;
  return session.legs.length === 0 ? originate(session, action) : bridge(session, action);
}

async function originate(session: CallSession, { params }: MakeCallAction): Promise<Done> {
  // Whoever waits for a turn that comes too late is told when the time is over.
  const { queuedMs, validMs, calleeError } = session;
  const waited = await session.pass(Math.min(queuedMs, validMs));
  const leg = addLeg(session, 'OUTBOUND', params.source, params.destination, session.newId());
  if (waited === OVER) return OVER;
  if (queuedMs >= validMs) return fail(session, -2007, 'it was still queued at the time until which it was valid');
  if (calleeError !== null) return fail(session, calleeError, 'whoever is called is set up to');
  if (session.crowdedOut) return fail(session, -2010, 'as many sessions live as the trunk can carry');
  const rung = await ring(session, leg, session.callee ?? readParty());
  if (rung === 'no-coverage') return fail(session, -2004, 'the called party can not be reached');
  if (rung === 'not-answered') session.stop({ by: 'party' });
  if (rung !== 'answered') return OVER;
  session.emit({ type: 'connected' });
  return { leg };
}

async function bridge(session: CallSession, { params }: MakeCallAction): Promise<Done> {
  const { behaviour, partyAt } = session.context;
  const party = partyAt(params.destination, session.id, session.start.call);
  const leg = addLeg(session, 'OUTBOUND', params.source, params.destination, session.newId());
  const rung = await ring(session, leg, party);
  if (rung === OVER) return OVER;
  if (rung === 'no-coverage') return fail(session, -2004, 'the second party can not be reached');
  if (rung === 'answered') {
    tellProgress(session, 'CALL_UPDATED', session.firstLeg);
    session.emit({ type: 'bridged', from: params.source, to: params.destination });
    if ((await talk(session, party)) === OVER) return OVER;
    hangUpLeg(session, leg, 'COMPLETED');
  }
  const outcome = outcomeOf(leg.sipCode);
  const seconds = leg.connectedAt === null ? 0 : Math.floor(((leg.disconnectedAt ?? leg.connectedAt) - leg.connectedAt) / 1000);
  session.emit({ type: 'bridge-ended', outcome, sipCode: leg.sipCode, seconds });
  if (behaviour.vcaAfterBridge === 'none') {
    session.stop({ by: 'party' });
    return OVER;
  }
  if (behaviour.vcaAfterBridge === 'first-leg') return { leg: session.firstLeg };
  return { leg: behaviour.bridgeSipCode === 'always-200' ? { ...leg, sipCode: 200 } : leg };
}

function fail(session: CallSession, code: ErrorCode, reason: string): typeof OVER {
  session.fail(code, reason);
  return OVER;
}

function outcomeOf(sipCode: number): BridgeOutcome {
  return match<number, BridgeOutcome>(sipCode)
    .with(200, () => 'answered')
    .with(486, 600, () => 'busy')
    .with(408, 480, 487, () => 'no-answer')
    .with(603, () => 'declined')
    .otherwise(() => 'failed');
}
