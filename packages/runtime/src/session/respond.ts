import { type Action, DivergenceError, type Position } from '@hookswitch/dsl';
import { messageOf } from '../errors/message-of.ts';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import type { CallRecord, TimelineRow } from '../store/store.ts';
import { encodeActionId, TRANSFERRED } from './action-id.ts';
import {
  dials,
  encode,
  fallbackActions,
  holdActions,
  lastVoice,
  nextPart,
  ruleBroken,
  shortestSilence,
  textIn,
} from './callflow-answer.ts';
import type { Answer, CallActionEvent } from './events.ts';
import { answerPlace, isSensitive, type LiveCall, shownText, storedEvent } from './live-call.ts';
import type { SessionState } from './session-state.ts';
import type { FallbackReason, SessionContext } from './settings.ts';
import { asksWithoutKey } from './unsealed.ts';

/** A turn to be answered: its number, and the webhook that asks for it. */
export interface Asked {
  readonly turn: number;
  readonly event: CallActionEvent;
}

/** Answers turn `asked.turn` with what the flow has to say next, and saves it with everything that led there. No step runs then, so the lease is given back. */
export async function respond(context: SessionContext, call: LiveCall, asked: Asked): Promise<Answer> {
  const { position } = call;
  if (position.wait === 'failed') return respondFailed(context, call, asked, position.error);
  if (asksWithoutKey(context, call))
    return respondFallback(context, call, asked, 'internal', new SealKeyMissingError(null), { lease: null });
  const part = nextPart(position, call.state.cursor, context.settings.delivery);
  const broken = part.actions.length === 0 ? 'the flow had nothing to say' : ruleBroken(part.actions);
  if (broken !== null) return respondFallback(context, call, asked, 'callflow-rule', broken, { lease: null });
  const named = part.last && position.wait === 'platform' ? nameOf(position) : null;
  return save(
    context,
    call,
    asked,
    part.actions,
    'answered',
    {
      ...(named === null
        ? {}
        : {
            actionIds: { ...call.state.actionIds, [named]: asked.turn },
            actionSites: { ...call.state.actionSites, [named]: position.site },
          }),
      outstanding: !part.last ? 'speech' : position.wait === 'platform' ? 'answer' : 'end',
      // The sensitive part ends where all is said that follows the answer.
      ...(part.last ? { sensitive: isSensitive(position.effect) } : {}),
      cursor: call.state.cursor + part.actions.length,
      holds: 0,
      lease: null,
      bridged: call.state.bridged || dials(part.actions),
    },
    [],
    named,
  );
}

/** The `clientActionId` that the author chose for what is waited for. */
function nameOf({ effect }: Position): string | null {
  return effect?.kind === 'capture' || effect?.kind === 'bridge' ? effect.clientActionId : null;
}

/** Answers with a hold: the flow's steps take longer than the budget. The batch, when it is there, answers the next turn. */
export async function respondHold(context: SessionContext, call: LiveCall, asked: Asked): Promise<Answer> {
  const { settings, observer } = context;
  if (call.state.holds >= settings.maxHolds) return respondFallback(context, call, asked, 'too-slow', null);
  const { actions, language } = call.position;
  const unsent = actions.slice(call.state.cursor);
  if (settings.delivery === 'action' && unsent.length > 0) {
    // One action per answer: what is said already is the best hold.
    return save(context, call, asked, unsent.slice(0, 1), 'held', { outstanding: 'speech', cursor: call.state.cursor + 1 });
  }
  const held = holdActions(unsent, textIn(settings.holdText, language), voiceOf(context, call), settings.holdFor);
  // What is unsaid was not judged yet: its batch is not complete.
  const broken = ruleBroken(held);
  if (broken !== null) return respondFallback(context, call, asked, 'callflow-rule', broken);
  observer.held(call.record, asked.turn);
  return save(context, call, asked, held, 'held', { outstanding: 'speech', cursor: actions.length, holds: call.state.holds + 1 }, [
    toTimelineRow(context.clock.now(), { kind: 'hold', turn: asked.turn, n: call.state.holds + 1 }),
  ]);
}

/** Answers with the fallback, after which the platform ends the session. */
export async function respondFallback(
  context: SessionContext,
  call: LiveCall,
  asked: Asked,
  reason: FallbackReason,
  error: unknown,
  state: Partial<SessionState> = {},
): Promise<Answer> {
  context.observer.fallback(call.record, reason, error);
  const source = call.record.direction === 'inbound' ? call.record.to : call.record.from;
  const actions = fallbackActions(context.settings.fallback, voiceOf(context, call), call.position.language, source);
  const why = shownText(call, error === null ? '' : messageOf(error));
  const now = context.clock.now();
  const diverged =
    error instanceof DivergenceError
      ? [toTimelineRow(now, { kind: 'divergence', index: error.index, recorded: error.recorded, yielded: error.yielded })]
      : [];
  return save(context, call, asked, actions, 'fallback', { ...state, outstanding: 'end', error: { code: reason, message: why } }, [
    ...diverged,
    toTimelineRow(now, { kind: 'fallback', turn: asked.turn, reason, error: why }),
  ]);
}

/** Answers with a hang-up. */
export function respondHangup(context: SessionContext, call: LiveCall, asked: Asked): Promise<Answer> {
  const isRequested = call.state.endRequested && call.state.outstanding !== 'end';
  const why = isRequested ? [toTimelineRow(context.clock.now(), { kind: 'ended', by: 'request' })] : [];
  return save(context, call, asked, [{ action: 'hangup' }], 'hung-up', { outstanding: 'end' }, why);
}

function respondFailed(context: SessionContext, call: LiveCall, asked: Asked, error: unknown): Promise<Answer> {
  const diverged = error instanceof DivergenceError;
  if (diverged) context.observer.diverged(call.record, error);
  else context.observer.flowFailed(call.record, error);
  return respondFallback(context, call, asked, diverged ? 'divergence' : 'flow-error', error, { lease: null });
}

async function save(
  context: SessionContext,
  call: LiveCall,
  { turn, event }: Asked,
  actions: readonly Action[],
  outcome: Answer['outcome'],
  state: Partial<SessionState>,
  timeline: readonly TimelineRow[] = [],
  clientActionId: string | null = null,
): Promise<Answer> {
  const now = context.clock.now();
  const isTransfer = outcome === 'fallback' && dials(actions);
  const body = encode(actions, isTransfer ? TRANSFERRED : (clientActionId ?? encodeActionId(call.position.site, turn)));
  const isSecret = call.state.sealed && (call.state.sensitive || call.secrets.areIn(actions));
  const answer = isSecret ? context.sealer.seal(body, answerPlace(call.record.id, turn)) : body;
  const silence = shortestSilence(actions);
  const askedAt = silence === null ? null : event.at;
  await call.commit({
    state: { ...state, sentVoice: lastVoice(actions), sentAt: now, askedAt, shortestSilence: silence },
    record: { turn, seenAt: now, status: liveStatus(call.record) },
    turn: { turn, eventId: event.eventId, event: storedEvent(call, event), answer, at: now },
    timeline,
  });
  call.lastAnswer = { turn, body };
  return { body, outcome };
}

/** The voice to speak with when the flow doesn't say: the last that this session's platform accepted, the flow's, the configured one. */
function voiceOf(context: SessionContext, call: LiveCall): string {
  return call.state.acceptedVoice ?? (call.position.voice || context.settings.voice);
}

function liveStatus({ status }: CallRecord): CallRecord['status'] {
  return status === 'pending' || status === 'unknown' ? 'live' : status;
}
