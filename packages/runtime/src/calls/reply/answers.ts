/** What a turn of a call is answered with: what its flow says, a hold, the fallback, a hang-up. Each stores the turn; the bytes of callflows and their ids are made here. */
import { type Action, type CallflowResponse, checkCallflow, DivergenceError, holdPiece, type Position } from '@hookswitch/dsl';
import { messageOf } from '../../errors/message-of.ts';
import { SealKeyMissingError } from '../../errors/seal-key-missing-error.ts';
import type { Answer, Call, Reply } from '../call.ts';
import { type Draft, shownText } from '../draft.ts';
import type { ActionId, TurnRequest, Echo } from '../input.ts';
import type { FallbackReason, SessionSettings } from '../settings.ts';
import { fallbackActions, holdActions, textIn } from './actions.ts';

/** What the flow has to say next. */
export function respond(draft: Draft, asked: TurnRequest): Reply {
  const { position, state } = draft.call;
  const { env } = draft;
  // A journal that does not fit the code has an error, too, wherever the call stood.
  if (position.wait === 'failed' || position.error !== null) return respondFailed(draft, asked, position.error);
  if (asksWithoutKey(draft.call, env.canSeal)) return fallback(draft, asked, 'internal', new SealKeyMissingError(null));
  if (position.wait === 'signal') return holdOn(draft, asked);
  const part = nextPart(position, state.cursor, env.settings.delivery);
  const broken = problemOf(part.actions);
  if (broken !== null) return fallback(draft, asked, 'callflow-rule', broken);
  const named = part.last ? nameOf(position) : null;
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

/** While the flow waits for a signal: what is not said yet, and the next piece of its hold. */
function holdOn(draft: Draft, asked: TurnRequest): Reply {
  const { position, state } = draft.call;
  const { settings } = draft.env;
  const unsent = position.actions.slice(state.cursor);
  const isPart = settings.delivery === 'action' && unsent.length > 0;
  const since = state.waiting?.since || draft.time;
  draft.state({ outstanding: 'speech', holds: 0, waiting: { since, played: state.waiting?.played ?? 0 } });
  const actions = isPart ? unsent.slice(0, 1) : [...unsent, ...nextPiece(draft, since)];
  const broken = problemOf(actions);
  if (broken !== null) return fallback(draft, asked, 'callflow-rule', broken);
  draft.state({ cursor: isPart ? state.cursor + 1 : position.actions.length });
  if (!isPart) draft.row({ kind: 'hold', turn: asked.turn, n: draft.call.state.waiting?.played ?? 0, signal: position.site });
  const isSecret = speaksOfSecrets(draft.call, actions);
  if (!isPart) draft.saidAll();
  return save(draft, asked, actions, 'answered', { isSecret });
}

/** The next piece of what is played while the flow waits for a signal; it counts as played. */
export function nextPiece(draft: Draft, since: number): readonly Action[] {
  const { position, state } = draft.call;
  const { settings } = draft.env;
  const played = state.waiting?.played ?? 0;
  const filler = { text: textIn(settings.holdText, position.language), voiceProfile: voiceOf(draft.call, settings) };
  const piece = holdPiece(position.hold, played, filler);
  draft.state({ waiting: { since, played: played + piece.played } });
  return piece.actions;
}

/** The `clientActionId` that the author chose for what is waited for. */
function nameOf({ effect }: Position): string | null {
  return effect?.kind === 'capture' || effect?.kind === 'bridge' ? effect.clientActionId : null;
}

/** A hold: the flow's steps take longer than the budget. The batch, when it is there, answers the next turn. */
export function hold(draft: Draft, asked: TurnRequest): Reply {
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
  const broken = problemOf(held);
  if (broken !== null) return fallback(draft, asked, 'callflow-rule', broken);
  draft
    .note({ kind: 'held', turn: asked.turn })
    .row({ kind: 'hold', turn: asked.turn, n: state.holds + 1 })
    .state({ outstanding: 'speech', cursor: actions.length, holds: state.holds + 1 });
  return save(draft, asked, held, 'held');
}

/** The fallback, after which the platform ends the session. */
export function fallback(draft: Draft, asked: TurnRequest, reason: FallbackReason, error: unknown): Reply {
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
export function hangUp(draft: Draft, asked: TurnRequest): Reply {
  if (draft.call.state.outstanding !== 'end') draft.row({ kind: 'ended', by: 'request' });
  draft.state({ outstanding: 'end' });
  return save(draft, asked, [{ action: 'hangup' }], 'hung-up');
}

function respondFailed(draft: Draft, asked: TurnRequest, error: unknown): Reply {
  const diverged = error instanceof DivergenceError;
  draft.note({ kind: diverged ? 'diverged' : 'flow-failed', error });
  return fallback(draft, asked, diverged ? 'divergence' : 'flow-error', error);
}

function save(
  draft: Draft,
  asked: TurnRequest,
  actions: readonly Action[],
  outcome: Answer['outcome'],
  { named = null, isSecret = speaksOfSecrets(draft.call, actions) }: { readonly named?: string | null; readonly isSecret?: boolean } = {},
): Reply {
  const { now } = draft.env;
  const { position } = draft.call;
  const body = encode(actions, named ?? encodeActionId(position.site, asked.turn));
  const silence = shortestSilence(actions);
  draft
    .state({ sentVoice: lastVoice(actions), sentAt: now, askedAt: silence === null ? null : asked.sentAt, shortestSilence: silence })
    .record({ turn: asked.turn, seenAt: now })
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

/** Why a VCA may not be answered with these actions, errors only; null where it may. */
export function problemOf(actions: readonly Action[]): string | null {
  const error = checkCallflow({ callflow: actions }, { via: 'vca' }).find(({ severity }) => severity === 'error');
  return error === undefined ? null : `${error.code} at ${error.path}: ${error.message}`;
}

/** Whether an answer dials: such a one is sent once, and never in place of another that was lost. */
export function dials(actions: readonly Action[]): boolean {
  return actions.some(({ action }) => action === 'makeCall');
}

/** The bytes of an answer. */
export function encode(actions: readonly Action[], clientActionId: string | null): string {
  const response: CallflowResponse = clientActionId === null ? { callflow: actions } : { clientActionId, callflow: actions };
  return JSON.stringify(response);
}

/** The part of a batch that is sent next, and whether it is the last. */
export function nextPart(
  position: Position,
  cursor: number,
  delivery: 'callflow' | 'action',
): { readonly actions: readonly Action[]; readonly last: boolean } {
  const rest = position.actions.slice(cursor);
  if (delivery === 'callflow' || rest.length <= 1) return { actions: rest, last: true };
  return { actions: rest.slice(0, 1), last: false };
}

/** The voice of the last action that speaks, or null. */
export function lastVoice(actions: readonly Action[]): string | null {
  const voices = actions.map((action) =>
    action.action === 'say' || action.action === 'sayAndCapture' ? action.params.voiceProfile : null,
  );
  return voices.findLast((voice) => voice !== null) ?? null;
}

/** Milliseconds after which a capture at the end of a batch of several actions can end without digits at the earliest; null where that tells nothing. */
export function shortestSilence(actions: readonly Action[]): number | null {
  const last = actions.at(-1);
  if (actions.length < 2 || last?.action !== 'sayAndCapture') return null;
  const { digitTimeout, overallTimeout } = last.params;
  return Math.min(digitTimeout ?? 5_000, overallTimeout ?? 30_000);
}

/** The `clientActionId` of a fallback that transfers its caller. No site and no turn: whatever the store has of the call, it is not transferred again. */
export const TRANSFERRED = 'transferred';

/** Three parts are a retry, two are a turn: a site may be called `retry`, and sites have no dots. */
const RETRY = /^retry\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;
/** Nearly every site is written as it is, and a test is faster than a replacement. */
const PLAIN_SITE = /^[A-Za-z0-9_\-/]{1,100}$/;
const GIVEN_RETRY = /^retry:(.{1,256})\.(0|[1-9]\d{0,8})$/s;
const TURN = /^([A-Za-z0-9_/-]{1,512})\.(0|[1-9]\d{0,8})$/;

/** The `clientActionId` of callflow `turn` (from 0), which ends at `site`: `<site>.<turn>`, the site as `siteLabel` writes it. */
export function encodeActionId(site: string, turn: number): string {
  return `${siteLabel(site)}.${turn}`;
}

/** A site in characters that any platform carries. */
export function siteLabel(site: string): string {
  return PLAIN_SITE.test(site) ? site : site.replace(/[^A-Za-z0-9_\-/]/g, '_').slice(0, 100);
}

/** The label of the site at which a callflow of ours ends; null for an id that is missing or not ours, or of a repetition. */
export function siteLabelOf(clientActionId: string | null): string | null {
  return clientActionId === null ? null : (TURN.exec(clientActionId)?.[1] ?? null);
}

/** The `clientActionId` of an answer that could not be saved: when it comes back, callflow `turn` is asked for again. `n` counts the attempts, from 1. */
export function encodeRetryId(turn: number, tries: number): string {
  return `retry.${turn}.${tries}`;
}

/** Reads a `clientActionId`; null for one that is missing or not ours. */
export function decodeActionId(clientActionId: string | null): ActionId | null {
  if (clientActionId === null) return null;
  if (clientActionId === TRANSFERRED) return { kind: 'transferred' };
  const retry = RETRY.exec(clientActionId);
  if (retry !== null) return { kind: 'retry', turn: Number(retry[1]), tries: Number(retry[2]) };
  const turn = TURN.exec(clientActionId);
  return turn === null ? null : { kind: 'turn', turn: Number(turn[2]) };
}

/** The same as `encodeRetryId` for the callflow after the one that an author named `id`: which turn that was, the store would have to say. */
export function encodeGivenRetryId(id: string, tries: number): string {
  return `retry:${id}.${tries}`;
}

/** Reads what a platform gives back; null where it gives nothing back. */
export function readEcho(clientActionId: string | null): Echo | null {
  if (clientActionId === null) return null;
  const retry = GIVEN_RETRY.exec(clientActionId);
  if (retry?.[1] !== undefined) return { kind: 'given-retry', id: retry[1], tries: Number(retry[2]) };
  return decodeActionId(clientActionId) ?? { kind: 'given', id: clientActionId };
}

/** Whether a call stands at a sensitive question on a server without data keys, where exploration has never come: what is keyed in could not be kept, and is not asked for. */
export function asksWithoutKey({ position: { effect } }: Call, canSeal: boolean): boolean {
  return (effect?.kind === 'capture' || effect?.kind === 'waitFor') && effect.sensitive && !canSeal;
}
