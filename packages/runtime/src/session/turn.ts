import { sleep, within } from '../clock.ts';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { StepLeftError } from '../errors/step-left-error.ts';
import { beginCall } from './begin-call.ts';
import { hangupAnswer } from './callflow-answer.ts';
import type { Answer, CallActionEvent } from './events.ts';
import { ERASED } from './erase-entry.ts';
import { answerPlace, type LiveCall, opened, storedEvent } from './live-call.ts';
import { isHopeless, newLease, startWork, timeOf } from './perform.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import type { CallRegistry } from './registry.ts';
import { asksWithoutKey } from './unsealed.ts';
import { type Asked, respond, respondFallback, respondHangup, respondHold } from './respond.ts';
import type { SessionState } from './session-state.ts';
import type { SessionContext } from './settings.ts';
import { mayPass } from './store-failure.ts';

/** Races with other processes that a turn takes part in before it gives up. */
const MOST_RACES = 20;
/** How often a process looks whether another one, which holds the lease, has finished. */
const LOOK_EVERY = 100;

/** What is to be done next for a turn: send an answer, wait for steps that run here or elsewhere, or leave it to a server that has the call's code. */
type Plan = { readonly answer: Answer } | { readonly wait: Promise<unknown>; readonly own: boolean } | { readonly answer: null };

/**
 * Answers a VCA of a call that is known: the turn as `ARCHITECTURE.md` draws it. Null when it is left to a server that has the call's code, as long as the caller was
 * asked to wait no more than `maxRetries` times, of which `tries` have been. Throws `CallChangedError` when the call is not to be had any more.
 */
export async function takeTurn(
  context: SessionContext,
  registry: CallRegistry,
  first: LiveCall,
  event: CallActionEvent,
  tries: number,
): Promise<Answer | null> {
  const mayLeave = tries < context.settings.maxRetries;
  const deadline = context.clock.now() + context.settings.budget;
  let call = first;
  let fresh = false;
  let own = false;
  for (let races = 0; ;) {
    try {
      const asked = { turn: await turnOf(context, call, event), event };
      const late = context.clock.now() >= deadline;
      const plan = await call.exclusive(() => planTurn(context, registry, call, asked, { late, fresh, mayLeave }));
      if ('answer' in plan) {
        if (plan.answer?.outcome !== 'duplicate') return plan.answer;
        // What our own steps have led to is stored by now, and no webhook came again.
        if (own) return { ...plan.answer, outcome: 'answered' };
        context.observer.duplicate(call.record, asked.turn);
        return plan.answer;
      }
      own ||= plan.own;
      await orUntil(context, plan.wait, deadline);
      if (call.work !== null || call.state.lease === null) continue;
      registry.drop(call);
    } catch (error) {
      if (!(error instanceof CallChangedError) || ++races > MOST_RACES) {
        registry.drop(call);
        throw error;
      }
      await refresh(registry, call);
    }
    const again = await registry.find({ id: call.record.id });
    if (again === null) throw new CallChangedError('the call is gone');
    call = again;
    fresh = true;
  }
}

/** After a lost race: what the store has is taken over; a call whose steps run here only learns what others have saved beside it. */
async function refresh(registry: CallRegistry, call: LiveCall): Promise<void> {
  const { lease } = call.state;
  if (call.work !== null && lease !== null && (await call.exclusive(() => call.catchUp(lease.token)))) return;
  registry.drop(call);
}

/** Waits for `work`, but not longer than until `deadline`. */
async function orUntil(context: SessionContext, work: Promise<unknown>, deadline: number): Promise<void> {
  await within(context.clock, Math.max(0, deadline - context.clock.now()), work);
}

/** Starts an inbound call, or gives null where no flow answers it. Nothing is stored before its first turn. */
export function startCall(context: SessionContext, registry: CallRegistry, event: CallActionEvent): LiveCall | null {
  const compiled = context.flows.route(event);
  if (compiled === null) return null;
  const { subAccountId, sessionId, from, to, fromCountry, toCountry, legId } = event;
  const { language } = compiled.flow.options;
  const facts = { direction: 'inbound' as const, subAccountId, sessionId, from, to, fromCountry, toCountry, legId };
  const live = beginCall(context, compiled, { ...facts, language, params: {}, clientRequestId: null });
  registry.add(live);
  return live;
}

/** The turn whose callflow an author named so; null where none has that name. */
export function turnNamed({ state }: LiveCall, id: string): number | null {
  return state.actionIds !== null && Object.hasOwn(state.actionIds, id) ? (state.actionIds[id] ?? null) : null;
}

/** Which callflow the platform asks for: the one after what it echoes; 0 for the first; without an echo the one after the outstanding one. */
async function turnOf(context: SessionContext, call: LiveCall, event: CallActionEvent): Promise<number> {
  if (event.status === 'received') return 0;
  if (event.echo?.kind === 'turn') return event.echo.turn + 1;
  const named = event.echo?.kind === 'given' ? turnNamed(call, event.echo.id) : null;
  if (named !== null) return named + 1;
  const seen = event.eventId === null ? null : await context.store.turnOfEvent(call.record.id, event.eventId);
  return seen?.turn ?? call.record.turn + 1;
}

async function planTurn(
  context: SessionContext,
  registry: CallRegistry,
  call: LiveCall,
  asked: Asked,
  { late, fresh, mayLeave }: { readonly late: boolean; readonly fresh: boolean; readonly mayLeave: boolean },
): Promise<Plan> {
  if (call.dropped) throw new CallChangedError('forgotten meanwhile');
  const { record, state } = call;
  if (asked.turn <= record.turn) return { answer: await sameAgain(context, call, asked) };
  if (isOver(call)) return { answer: { body: hangupAnswer(), outcome: 'hung-up' } };
  if (asked.turn > record.turn + 1) {
    // Another process may have gone on meanwhile; only the store knows.
    if (!fresh) throw new CallChangedError('the platform is ahead of what is in memory');
    return {
      answer: await respondFallback(
        context,
        call,
        asked,
        'lost-turn',
        `the platform reports callflow ${asked.turn - 1}, the last one answered was ${record.turn}`,
      ),
    };
  }
  if (state.endRequested || state.outstanding === 'end') return { answer: await respondHangup(context, call, asked) };
  if (call.isAhead && mayLeave) return { answer: null };
  if (state.lease !== null) return planLeased(context, registry, call, asked, late);
  if (record.turn >= 0 && state.outstanding === 'answer') {
    const refusal = applyAnswer(context, call, asked.event);
    if (refusal !== null) return { answer: await respondFallback(context, call, asked, 'internal', refusal) };
  }
  if (call.position.wait !== 'step') return { answer: await respond(context, call, asked) };
  return claim(context, registry, call, asked);
}

function isOver({ record, state }: LiveCall): boolean {
  return record.endedAt !== null || state.summary !== null;
}

/** Steps run already: here, elsewhere, or nowhere any more. */
async function planLeased(context: SessionContext, registry: CallRegistry, call: LiveCall, asked: Asked, late: boolean): Promise<Plan> {
  // The steps may be through and their batch only wait to be saved: then it is the answer.
  if (late) return { answer: await (call.position.wait === 'step' ? respondHold : respond)(context, call, asked) };
  if (call.work !== null) return { wait: call.work.done, own: false };
  const { lease } = call.state;
  // In a store of one process, a lease that no work stands behind is what a crash has left.
  const isOrphan = lease === null || lease.until <= context.clock.now() || !context.store.shared;
  if (!isOrphan) return { wait: sleep(context.clock, LOOK_EVERY), own: false };
  return claim(context, registry, call, asked);
}

/** Saves the event and the lease before the first step runs, so that a second delivery never runs it again. */
async function claim(context: SessionContext, registry: CallRegistry, call: LiveCall, asked: Asked): Promise<Plan> {
  const left = call.state.lease;
  if (isHopeless(left))
    return {
      answer: await respondFallback(context, call, asked, 'internal', new StepLeftError(call.position.site, left?.takeovers ?? 0), {
        lease: null,
      }),
    };
  const lease = newLease(context, left);
  const { eventId } = asked.event;
  const now = context.clock.now();
  await call.commit({
    state: { lease },
    record: { seenAt: now },
    turn: { turn: asked.turn, eventId, event: storedEvent(call, asked.event), answer: null, at: now },
    timeline: left !== null ? [toTimelineRow(now, { kind: 'takeover', turn: asked.turn })] : [],
  });
  startWork(context, registry, call, lease, () => finish(context, call, asked));
  return { wait: call.work?.done ?? Promise.resolve(), own: true };
}

/** The steps are through: the batch answers the turn that asked for it, unless a hold has answered that one already. */
async function finish(context: SessionContext, call: LiveCall, asked: Asked): Promise<void> {
  const isHeld = call.record.turn >= asked.turn;
  if (isHeld || call.position.ending || call.position.wait === 'closed' || call.state.summary !== null)
    await call.commit({ state: { lease: null } });
  else await respondAnyway(context, call, asked);
}

/** What can't be answered with what the flow says is answered with the fallback: the steps behind it are done, and must not be taken for ones that were left. */
async function respondAnyway(context: SessionContext, call: LiveCall, asked: Asked): Promise<void> {
  try {
    await respond(context, call, asked);
  } catch (error) {
    if (mayPass(error)) throw error;
    await respondFallback(context, call, asked, 'internal', error, { lease: null });
  }
}

/** Gives the flow what the platform reports of the callflow that was outstanding. Digits that can't be sealed here are not given to it: says why, else null. */
function applyAnswer(context: SessionContext, call: LiveCall, event: CallActionEvent): SealKeyMissingError | null {
  const { effect } = call.position;
  if (cameTooSoon(context, call, event)) context.observer.suspectedPerAction(call.record);
  const problem = event.digitsProblem ?? (effect?.kind === 'capture' && (event.digits?.length ?? 0) > effect.maxDigits ? 'too-long' : null);
  if (problem !== null) context.observer.oddDigits(call.record, problem);
  const answer = effect?.kind === 'bridge' ? event.bridgeResult(call.state.legId) : event.digits;
  if (asksWithoutKey(context, call) && answer !== null) return new SealKeyMissingError(null);
  call.advance({ type: 'ACTION_COMPLETED', at: timeOf(context, call), answer });
  const learnt: Partial<SessionState> = {
    // It is used up: should the process die now, the same webhook asks whoever takes over for the rest, and answers nothing more.
    outstanding: 'speech',
    cursor: 0,
    acceptedVoice: call.state.sentVoice ?? call.state.acceptedVoice,
    legId: call.state.legId ?? event.legId,
  };
  call.state = { ...call.state, ...learnt };
  return null;
}

/** Whether nobody can have been listened to before this webhook came without digits. */
function cameTooSoon({ clock, rehearsal }: SessionContext, { state }: LiveCall, event: CallActionEvent): boolean {
  const { askedAt, sentAt, shortestSilence } = state;
  if (event.digits !== null || shortestSilence === null || clock.now() - sentAt >= shortestSilence) return false;
  // Time passes faster for a simulated caller than by our clock: only the platform's own tells then.
  return askedAt === null || event.at === null ? rehearsal === undefined : event.at - askedAt < shortestSilence;
}

/** A delivery that was answered before gets the same bytes. */
async function sameAgain(context: SessionContext, call: LiveCall, asked: Asked): Promise<Answer> {
  if (call.lastAnswer?.turn === asked.turn) return { body: call.lastAnswer.body, outcome: 'duplicate' };
  const row = await context.store.turn(call.record.id, asked.turn);
  // A turn that was left out when the platform was ahead, or whose words were erased with the session: both times the call is over.
  const isGone = row?.answer == null || row.answer === ERASED;
  if (isGone && (isOver(call) || call.state.outstanding === 'end')) return { body: hangupAnswer(), outcome: 'hung-up' };
  if (row?.answer == null) throw new CallChangedError('an answered turn is not in the store');
  return { body: opened(context.sealer, row.answer, answerPlace(call.record.id, asked.turn)), outcome: 'duplicate' };
}
