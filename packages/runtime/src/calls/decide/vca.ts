/** A VCA: which callflow the platform asks for, and what it is answered with. */
import type { BridgeResult, CompiledFlow } from '@hookswitch/dsl';
import { bridgeOfLeg } from '../../payloads/bridge-result.ts';
import { type Answer, type Call, type Decision, type Env, type Found, type Note, type Reply, nothing } from '../call.ts';
import { Draft, storedEvent } from '../draft.ts';
import type { TurnRequest, Vca } from '../input.ts';
import { type ClosedIntake, closedIntake } from '../overrides.ts';
import { asksWithoutKey, fallback, hangUp, hold } from '../reply/answers.ts';
import { askAgain, hangupAnswer, looseFallback } from '../reply/loose.ts';
import type { FallbackReason, RouteTable } from '../settings.ts';
import { begin, bind, finish, isHopeless, onward, pendingOf, stepLeft, takeEarly } from './onward.ts';

const NO_FLOW =
  'no flow answers calls to this number from this subaccount: give one flow default: true in hookswitch.config.ts, or numbers (and subAccounts) to each';
const HUNG_UP: Reply = { kind: 'answer', body: hangupAnswer(), outcome: 'hung-up' };
const UNKNOWN_BRIDGE: BridgeResult = { outcome: 'unknown', sipCode: null, duration: null };

/** A turn to be taken: its number, how often its caller was asked to wait for it, and whether the webhook reports the answer that the flow waits for. */
interface Wanted {
  readonly turn: number;
  readonly tries: number;
  /** What the platform reports is how a pause went that it was asked for. */
  readonly isBlank: boolean;
}

export function decideVca(found: Found, vca: Vca, env: Env): Decision {
  const { call } = found;
  const { echo } = vca;
  const retried = echo?.kind === 'retry' || echo?.kind === 'given-retry' ? echo.tries : null;
  if (call === null) return decideFirst(found, vca, env);
  if (call.broken !== null) return decideBroken(call, vca, env);
  return decideTurn(call, retried === null ? asReported(call, found, vca) : asRetried(call, vca, retried), found, vca, env);
}

function answerOf(answer: Answer): Reply {
  return { kind: 'answer', ...answer };
}

function loose(reason: FallbackReason, error: unknown, vca: Vca, { settings }: Env): Decision {
  return nothing(answerOf(looseFallback(settings, vca)), { notes: [{ kind: 'fallback', reason, error, session: vca }] });
}

/** No call has this session: it begins, or waits for the post that it may be of. */
function decideFirst(found: Found, vca: Vca, env: Env): Decision {
  const { settings, now } = env;
  const deadline = vca.at + settings.budget;
  if (found.posting && now < deadline) return nothing(null, { wait: { until: deadline } });
  const isFirst = vca.status === 'received' || (vca.echo?.kind === 'retry' && vca.echo.turn === 0);
  if (!isFirst) return loose('unknown-session', null, vca, env);
  // What is older than the oldest call that is kept may be a late duplicate of a call that was pruned.
  if (vca.sentAt !== null && vca.sentAt < now - settings.retention) {
    const why = `the webhook's timestamp is ${new Date(vca.sentAt).toISOString()}, longer ago than calls are kept; send the current time to start a call`;
    return loose('stale-call', why, vca, env);
  }
  const compiled = routeOf(env.flows.table, vca);
  if (compiled === null) return loose('no-flow', NO_FLOW, vca, env);
  const { id, sessionId, subAccountId, from, to, fromCountry, toCountry, legId } = vca;
  const facts = { id, direction: 'inbound', sessionId, subAccountId, from, to, fromCountry, toCountry, legId } as const;
  const { language } = compiled.flow.options;
  // Mostly nobody has set anything.
  const closed = env.overrides.of.size === 0 ? null : closedIntake(env.overrides, { flow: compiled.flow.name, to }, now);
  const begun = begin(compiled, { ...facts, language, params: {}, clientRequestId: null }, env, closed);
  const draft = new Draft(begun, env, pendingOf(found));
  if (closed !== null) turnAway(draft, closed);
  return takeEarly(draft, found) ? overAlready(draft) : takeTurn(draft, askedBy(draft.call, vca, 0), vca);
}

/** Says who closed intake, and for whom. */
function turnAway(draft: Draft, { row: { scope, label, reason } }: ClosedIntake): void {
  draft.row({ kind: 'turned-away', of: scope.startsWith('number:') ? 'number' : 'flow', by: label, reason }).note({ kind: 'turned-away' });
}

/** The flow that answers a call, or null. */
export function routeOf(
  { choose, newest, byNumber, bySubAccount, fallback: standard }: RouteTable,
  { subAccountId, to }: Pick<Vca, 'subAccountId' | 'to'>,
): CompiledFlow | null {
  const chosen = choose?.({ subAccountId, to }) ?? null;
  const flow = chosen === null ? undefined : newest.get(chosen);
  return flow ?? byNumber.get(to.replace(/^\+/, '')) ?? bySubAccount.get(subAccountId) ?? standard;
}

/** The session was over before its first webhook came, or before it was known whose it is. */
function overAlready(draft: Draft): Decision {
  finish(draft, draft.call.state.lease);
  return draft.done(HUNG_UP);
}

/** It can't be brought back here. Another server may be able to: the caller waits for it, if there are others. */
function decideBroken(call: Call, vca: Vca, env: Env): Decision {
  const again = env.shared ? askAgain(env.settings, vca) : null;
  if (again === null) return loose('internal', call.broken?.why ?? null, vca, env);
  return nothing(answerOf(again), { notes: [{ kind: 'warned', message: 'the call can not be brought back here' }], about: call.record });
}

/** The turn whose callflow an author named so; null where none has that name. */
function turnNamed({ state }: Call, id: string): number | null {
  return state.actionIds !== null && Object.hasOwn(state.actionIds, id) ? (state.actionIds[id] ?? null) : null;
}

/** Which callflow the platform asks for: the one after what it echoes; 0 for the first; without an echo the one after the outstanding one. */
function asReported(call: Call, { seenTurn }: Found, { status, echo }: Vca): Wanted {
  const of = (turn: number): Wanted => ({ turn, tries: 0, isBlank: false });
  if (status === 'received') return of(0);
  if (echo?.kind === 'turn') return of(echo.turn + 1);
  const named = echo?.kind === 'given' ? turnNamed(call, echo.id) : null;
  if (named !== null) return of(named + 1);
  return of(seenTurn ?? call.record.turn + 1);
}

/** A callflow that could not be saved before, or whose call was left to others: now a stored answer is sent, else the caller is asked again. */
function asRetried(call: Call, { echo }: Vca, tries: number): Wanted {
  const { record, state, position } = call;
  const turn = echo?.kind === 'retry' ? echo.turn : (turnNamed(call, echo?.kind === 'given-retry' ? echo.id : '') ?? record.turn) + 1;
  // Servers without the code of this call would ask over and over: here it goes on unanswered, once nobody else has come.
  if (call.isAhead) return { turn, tries, isBlank: true };
  // The store has lost turns: what was pressed into the question for another try must not become the answer of an older one.
  if (record.turn < turn - 1) return { turn, tries: 0, isBlank: false };
  // Only a question is asked again, whose answer was lost. What was merely said needs none; nobody is called again whose bridge has come to an unknown end; and while a
  // step runs, what was pressed is in the journal already.
  const isAsked = state.outstanding === 'answer' && position.effect?.kind === 'capture';
  return { turn: isAsked ? Math.min(turn, record.turn) : turn, tries: 0, isBlank: true };
}

function decideTurn(call: Call, wanted: Wanted, found: Found, vca: Vca, env: Env): Decision {
  const { record, state } = call;
  const { turn } = wanted;
  const isOver = record.endedAt !== null || state.summary !== null;
  // A call that was found by its numbers is bound by whatever is decided, or the next webhook might find another one.
  if (record.sessionId === null) return decideBound(call, wanted, found, vca, env);
  if (turn <= record.turn) {
    // What our own steps have led to is stored by now, and no webhook came again.
    const outcome = env.resumed ? 'answered' : 'duplicate';
    const notes: Note[] = env.resumed ? [] : [{ kind: 'duplicate', turn }];
    const more = { notes, about: record };
    if (call.answered?.turn === turn) return nothing(answerOf({ body: call.answered.body, outcome }), more);
    return nothing({ kind: 'stored', callId: record.id, turn, outcome, isOver: isOver || state.outstanding === 'end' }, more);
  }
  if (isOver) return nothing(HUNG_UP);
  return decideNext(new Draft(call, env), wanted, vca, env);
}

/** A placed call whose session is known by this webhook. */
function decideBound(call: Call, wanted: Wanted, found: Found, vca: Vca, env: Env): Decision {
  const draft = new Draft(call, env, pendingOf(found));
  bind(draft, vca.sessionId);
  if (call.record.endedAt !== null) return draft.done(HUNG_UP);
  if (takeEarly(draft, found)) return overAlready(draft);
  if (wanted.turn > call.record.turn) return decideNext(draft, wanted, vca, env);
  return draft
    .note({ kind: 'duplicate', turn: wanted.turn })
    .done({ kind: 'stored', callId: call.record.id, turn: wanted.turn, outcome: 'duplicate', isOver: call.state.outstanding === 'end' });
}

function decideNext(draft: Draft, { turn, tries, isBlank }: Wanted, vca: Vca, env: Env): Decision {
  const { call } = draft;
  const { record, state } = call;
  const { now, settings } = env;
  const asked = askedBy(call, vca, turn);
  // Memory may be old here: then the commit conflicts, and the store is asked.
  if (turn > record.turn + 1) {
    const why = `the platform reports callflow ${turn - 1}, the last one answered was ${record.turn}`;
    return draft.done(fallback(draft, asked, 'lost-turn', why));
  }
  if (state.endRequested || state.outstanding === 'end') return draft.done(hangUp(draft, asked));
  const again = call.isAhead ? askAgain(settings, vca, tries) : null;
  if (again !== null) return leaveToOthers(call, again);
  const { lease } = state;
  if (lease !== null) {
    if (now >= vca.at + settings.budget)
      return draft.done(call.position.wait === 'step' ? hold(draft, asked) : onward(draft, asked, lease));
    // In a store of one process, a lease that no work stands behind is what a crash has left.
    const isOrphan = !env.runsHere && (lease.until <= now || !env.shared);
    if (!isOrphan) return nothing(null, { wait: { until: vca.at + settings.budget } });
    if (isHopeless(lease)) {
      draft.state({ lease: null });
      return draft.done(fallback(draft, asked, 'internal', stepLeft(call, lease)));
    }
    draft.row({ kind: 'takeover', turn });
    return takeTurn(draft, asked, vca);
  }
  if (state.outstanding === 'answer') applyAnswer(draft, vca, isBlank);
  return takeTurn(draft, asked, vca);
}

/** It began on a version that this server does not have, and another one may. */
function leaveToOthers({ record }: Call, again: Answer): Decision {
  const message = `the call began on version ${record.flowVersion} of "${record.flow}", which this server does not have: its caller is asked to wait for one that has`;
  return nothing(answerOf(again), { notes: [{ kind: 'warned', message }], about: record });
}

/** Gives the flow what the platform reports of the callflow that was outstanding; digits that can't be sealed here are not given to it, and the turn says why. */
function applyAnswer(draft: Draft, vca: Vca, isBlank: boolean): void {
  const { call, env } = draft;
  const { state } = call;
  const { effect } = call.position;
  const digits = isBlank ? null : vca.digits;
  if (cameTooSoon(call, vca, digits, env)) draft.note({ kind: 'suspected-per-action' });
  const problem = vca.digitsProblem ?? (effect?.kind === 'capture' && (digits?.length ?? 0) > effect.maxDigits ? 'too-long' : null);
  if (problem !== null) draft.note({ kind: 'odd-digits', problem });
  const isJudged = !isBlank && vca.leg !== null;
  const answer = effect?.kind !== 'bridge' ? digits : isJudged ? bridgeOfLeg(vca.leg, state.legId) : UNKNOWN_BRIDGE;
  if (asksWithoutKey(call, env.canSeal) && answer !== null) return;
  draft.advance({ type: 'ACTION_COMPLETED', at: draft.time, answer }).state({
    // It is used up: should the process die now, the same webhook asks whoever takes over for the rest, and answers nothing more.
    outstanding: 'speech',
    cursor: 0,
    acceptedVoice: state.sentVoice ?? state.acceptedVoice,
    legId: state.legId ?? vca.legId,
  });
}

/** Whether nobody can have been listened to before this webhook came without digits. */
function cameTooSoon({ state }: Call, { sentAt }: Vca, digits: string | null, { now, flowTime }: Env): boolean {
  const { askedAt, shortestSilence } = state;
  if (digits !== null || shortestSilence === null || now - state.sentAt >= shortestSilence) return false;
  // Time passes faster for a simulated caller than by our clock: only the platform's own tells then.
  return askedAt === null || sentAt === null ? flowTime === null : sentAt - askedAt < shortestSilence;
}

/** Answers with what the flow says, or claims the turn: the event and the lease are committed before the first step runs, so that a second delivery never runs it again. */
function takeTurn(draft: Draft, asked: TurnRequest, vca: Vca): Decision {
  const { env } = draft;
  const left = draft.call.state.lease;
  const reply = onward(draft, asked, left);
  if (reply !== null) return draft.done(reply);
  draft.turn({ ...asked, body: null, hidden: false, at: env.now }).record({ seenAt: env.now });
  return draft.done(null, { until: vca.at + env.settings.budget });
}

function askedBy(call: Call, vca: Vca, turn: number): TurnRequest {
  return { turn, eventId: vca.eventId, event: storedEvent(call, vca), sentAt: vca.sentAt };
}
