/** What a turn of a call is answered with: what its flow says, a hold, the fallback, a hang-up. Each stores the turn; the bytes are those of `actions.ts`. */
import { type Action, DivergenceError, type Position } from '@hookswitch/dsl';
import { messageOf } from '../../errors/message-of.ts';
import { SealKeyMissingError } from '../../errors/seal-key-missing-error.ts';
import type { CallRecord } from '../../store/store.ts';
import type { Answer, Call, Reply } from '../call.ts';
import type { Draft } from '../draft.ts';
import { asksWithoutKey, shownText } from '../hidden/hidden.ts';
import type { Asked } from '../input.ts';
import type { FallbackReason, SessionSettings } from '../settings.ts';
import { encodeActionId, TRANSFERRED } from './action-id.ts';
import { dials, encode, fallbackActions, holdActions, lastVoice, nextPart, ruleBroken, shortestSilence, textIn } from './actions.ts';

/** What the flow has to say next. No step runs then, so the lease is given back. */
export function respond(draft: Draft, asked: Asked): Reply {
  const { position, state } = draft.call;
  const { env } = draft;
  draft.state({ lease: null });
  if (position.wait === 'failed') return respondFailed(draft, asked, position.error);
  if (asksWithoutKey(draft.call, env.canSeal)) return fallback(draft, asked, 'internal', new SealKeyMissingError(null));
  const part = nextPart(position, state.cursor, env.settings.delivery);
  const broken = part.actions.length === 0 ? 'the flow had nothing to say' : ruleBroken(part.actions);
  if (broken !== null) return fallback(draft, asked, 'callflow-rule', broken);
  const named = part.last && position.wait === 'platform' ? nameOf(position) : null;
  if (named !== null)
    draft.state({
      actionIds: { ...state.actionIds, [named]: asked.turn },
      actionSites: { ...state.actionSites, [named]: position.site },
    });
  draft.state({
    outstanding: !part.last ? 'speech' : position.wait === 'platform' ? 'answer' : 'end',
    cursor: state.cursor + part.actions.length,
    holds: 0,
    bridged: state.bridged || dials(part.actions),
  });
  const isSecret = speaksOfSecrets(draft.call, part.actions);
  if (part.last) draft.saidAll();
  return save(draft, asked, part.actions, 'answered', { named, isSecret });
}

/** The `clientActionId` that the author chose for what is waited for. */
function nameOf({ effect }: Position): string | null {
  return effect?.kind === 'capture' || effect?.kind === 'bridge' ? effect.clientActionId : null;
}

/** A hold: the flow's steps take longer than the budget. The batch, when it is there, answers the next turn. */
export function hold(draft: Draft, asked: Asked): Reply {
  const { settings } = draft.env;
  const { state, position } = draft.call;
  if (state.holds >= settings.maxHolds) return fallback(draft, asked, 'too-slow', null);
  const { actions, language } = position;
  const unsent = actions.slice(state.cursor);
  if (settings.delivery === 'action' && unsent.length > 0) {
    // One action per answer: what is said already is the best hold.
    draft.state({ outstanding: 'speech', cursor: state.cursor + 1 });
    return save(draft, asked, unsent.slice(0, 1), 'held');
  }
  const held = holdActions(unsent, textIn(settings.holdText, language), voiceOf(draft.call, settings), settings.holdFor);
  // What is unsaid was not judged yet: its batch is not complete.
  const broken = ruleBroken(held);
  if (broken !== null) return fallback(draft, asked, 'callflow-rule', broken);
  draft
    .note({ kind: 'held', turn: asked.turn })
    .row({ kind: 'hold', turn: asked.turn, n: state.holds + 1 })
    .state({ outstanding: 'speech', cursor: actions.length, holds: state.holds + 1 });
  return save(draft, asked, held, 'held');
}

/** The fallback, after which the platform ends the session. */
export function fallback(draft: Draft, asked: Asked, reason: FallbackReason, error: unknown): Reply {
  const { record, position } = draft.call;
  const { settings } = draft.env;
  const source = record.direction === 'inbound' ? record.to : record.from;
  const actions = fallbackActions(settings.fallback, voiceOf(draft.call, settings), position.language, source);
  const why = shownText(draft.call, error === null ? '' : messageOf(error));
  draft.note({ kind: 'fallback', reason, error });
  if (error instanceof DivergenceError)
    draft.row({ kind: 'divergence', index: error.index, recorded: error.recorded, yielded: error.yielded });
  draft
    .row({ kind: 'fallback', turn: asked.turn, reason, error: why })
    .state({ outstanding: 'end', error: { code: reason, message: why } });
  return save(draft, asked, actions, 'fallback', { named: dials(actions) ? TRANSFERRED : null });
}

/** A hang-up. */
export function hangUp(draft: Draft, asked: Asked): Reply {
  const { endRequested, outstanding } = draft.call.state;
  if (endRequested && outstanding !== 'end') draft.row({ kind: 'ended', by: 'request' });
  draft.state({ outstanding: 'end' });
  return save(draft, asked, [{ action: 'hangup' }], 'hung-up');
}

function respondFailed(draft: Draft, asked: Asked, error: unknown): Reply {
  const diverged = error instanceof DivergenceError;
  draft.note({ kind: diverged ? 'diverged' : 'flow-failed', error });
  return fallback(draft, asked, diverged ? 'divergence' : 'flow-error', error);
}

function save(
  draft: Draft,
  asked: Asked,
  actions: readonly Action[],
  outcome: Answer['outcome'],
  { named = null, isSecret = speaksOfSecrets(draft.call, actions) }: { readonly named?: string | null; readonly isSecret?: boolean } = {},
): Reply {
  const { now } = draft.env;
  const { record, position } = draft.call;
  const body = encode(actions, named ?? encodeActionId(position.site, asked.turn));
  const silence = shortestSilence(actions);
  draft
    .state({ sentVoice: lastVoice(actions), sentAt: now, askedAt: silence === null ? null : asked.sentAt, shortestSilence: silence })
    .record({ turn: asked.turn, seenAt: now, status: liveStatus(record) })
    .turn({ ...asked, body, hidden: isSecret, at: now });
  return { kind: 'answer', body, outcome };
}

/** Whether an answer is sealed: what is said in the sensitive part, and what speaks of a secret later. */
function speaksOfSecrets({ state, secrets }: Call, actions: readonly Action[]): boolean {
  return state.sealed && (state.sensitive || secrets.areIn(actions));
}

/** The voice to speak with when the flow doesn't say: the last that this session's platform accepted, the flow's, the configured one. */
function voiceOf({ state, position }: Call, { voice }: SessionSettings): string {
  return state.acceptedVoice ?? (position.voice || voice);
}

function liveStatus({ status }: CallRecord): CallRecord['status'] {
  return status === 'pending' || status === 'unknown' ? 'live' : status;
}
