import type { Action, CallflowResponse } from '@hookswitch/dsl';
import type { Delivered } from '../delivery/courier.ts';
import { refuseCallflow } from '../rules/refuse-callflow.ts';
import type { ErrorCode, Refusal } from '../rules/status-codes.ts';
import { writeActionRequest, type ActionStatus } from '../wire/call-event.ts';
import type { Leg } from '../wire/leg.ts';
import { OVER, type CallSession } from './call-session.ts';
import { begin, describeFailure, send } from './send.ts';

/** What a VCA tells beside its status. */
export interface Question {
  readonly leg: Leg;
  readonly captured?: { readonly dtmf: string | null | undefined } | undefined;
}

type Judged = { readonly ok: true; readonly answer: CallflowResponse; readonly ms: number } | { readonly ok: false };

/** Asks the server what to do next. Gives the actions, or `OVER` where the session ended: because it was to end, or because the answer was no good. */
export async function ask(session: CallSession, status: ActionStatus, question: Question): Promise<readonly Action[] | typeof OVER> {
  const plan = session.planTurn();
  if (status === 'ACTION_COMPLETED') session.turn++;
  const write = writer(session, status, question);
  session.emit({ type: 'asking', turn: session.turn, status, dtmf: question.captured?.dtmf });
  if (plan.summaryFirst && status === 'ACTION_COMPLETED') {
    const turn = session.turn;
    session.afterSummary.push(async () => void (await judge(session, turn, send(session, 'VCA', write))));
    session.stop({ by: 'caller', cutBy: 'summaryFirst' });
    return OVER;
  }
  const judged = judge(session, session.turn, send(session, 'VCA', write));
  session.track(judged.then(() => undefined));
  if (plan.gone === 'asking') session.stop({ by: 'caller', cutBy: 'gone' });
  const result = await session.orOver(judged);
  if (result === OVER || !result.ok || session.isOver) return OVER;
  const { answer, ms } = result;
  session.answer = answer;
  session.holding = session.context.holds?.isHold(answer) === true;
  const { callflow, clientActionId } = answer;
  session.emit({ type: 'answered', turn: session.turn, clientActionId: clientActionId ?? null, callflow, ms, hold: session.holding });
  if (typeof plan.gone === 'number') {
    const timer = session.timeline.after(plan.gone, () => session.stop({ by: 'caller', cutBy: 'gone' }));
    session.onStop(() => timer.cancel());
  }
  return callflow;
}

function writer(session: CallSession, status: ActionStatus, question: Question): (eventId: string) => string {
  const { subAccountId, behaviour } = session.context;
  const event = {
    sessionId: session.id,
    subAccountId,
    leg: { ...question.leg },
    at: session.timeline.now(),
    clientActionId: session.answer?.clientActionId,
    captured: question.captured ?? (status === 'ACTION_COMPLETED' ? { dtmf: nothingCaptured(session) } : undefined),
  };
  return (eventId) => writeActionRequest(status, { eventId, ...event }, behaviour.wire);
}

/** `dtmf` "will be null if nothing is captured": of an action that captures nothing, too. A platform that leaves it out for silence leaves it out here. */
function nothingCaptured({ context }: CallSession): null | undefined {
  return context.behaviour.capture.silence === 'absent' ? undefined : null;
}

/** Judges the answer to a VCA also when the session is over by then: whoever answers doesn't know that. */
async function judge(session: CallSession, turn: number, sent: Promise<Delivered> | null): Promise<Judged> {
  if (sent === null) {
    session.fault({ kind: 'no-webhook', turn, message: 'A decision was due, but no VCA webhook is registered (or it is not enabled).' });
    session.fail(-2002, 'no VCA webhook is registered');
    return { ok: false };
  }
  const delivered = await sent;
  if (!delivered.answered || delivered.status !== 200) {
    const failure = describeFailure('VCA', delivered);
    if (delivered.byChaos !== true) session.fault({ ...failure, turn });
    session.fail(
      -2002,
      failure.message,
      delivered.byChaos === true ? (delivered.answered || delivered.why !== 'timeout' ? 'lostForGood' : 'slow') : undefined,
    );
    return { ok: false };
  }
  const body = parse(delivered.body);
  if (body === undefined) {
    const message = `VCA was answered with something that is not JSON: ${begin(delivered.body)}`;
    session.fault({ kind: 'not-json', turn, message });
    session.fail(-2003, message);
    return { ok: false };
  }
  const refused = refuseAnswer(session, body);
  if (refused === null) return { ok: true, answer: body as CallflowResponse, ms: delivered.ms };
  const message = `The callflow was refused with ${refused.code} at ${refused.path}: ${refused.message}. It was: ${begin(delivered.body)}`;
  session.fault({ kind: 'callflow', turn, message, code: refused.code, path: refused.path });
  session.fail(errorCodeOf(refused), `${refused.message} (${refused.code} at ${refused.path})`);
  return { ok: false };
}

function refuseAnswer(session: CallSession, body: unknown): Refusal | null {
  const { behaviour, voices, numbers, clock } = session.context;
  return refuseCallflow(body, {
    via: 'vca',
    behaviour,
    hasVoice: (voice) => voices.has(voice),
    allowsSource: (number) => numbers.allows(number),
    canAsk: true,
    now: clock.now(),
  });
}

/** A caller ID that isn't allowed has a session error of its own; everything else makes the callflow invalid. */
function errorCodeOf(refused: Refusal): ErrorCode {
  return refused.code === -1014 ? -2008 : -2003;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
