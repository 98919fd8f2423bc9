/** The session is over (VSS), or what is told of it beside its turns (VCS, VRU). */
import { createHash } from 'node:crypto';
import { maskDigitsOf } from '../../observe/redact.ts';
import type { TimelineEvent } from '../../observe/timeline.ts';
import { type Decision, type Env, type Found, type Kept, type Reply, nothing } from '../call.ts';
import { Draft } from '../draft.ts';
import type { Recording, Status, Summary } from '../input.ts';
import { bind, finish, isLeftToOthers, pendingOf, takeEarly, toEarly } from './onward.ts';
import { keepSummary } from './end.ts';

const kept = (outcome: Kept): Reply => ({ kind: 'kept', outcome });

/** Keeps the end of a session; it is given to the flow at once where no step is under way, else with the outcome of that step. */
export function decideSummary(found: Found, input: Summary, env: Env): Decision {
  const { call } = found;
  if (call === null) return unknownSession(input, env);
  if (call.state.summary !== null) return nothing(kept('duplicate'));
  const draft = new Draft(call, env, call.record.sessionId === null ? pendingOf(found) : null);
  if (call.record.sessionId === null) bind(draft, input.sessionId);
  takeEarly(draft, found);
  if (draft.call.state.summary === null) keepSummary(draft, input);
  if (env.trouble === null && call.broken === null) goOn(draft, env);
  return draft.done(kept('stored'));
}

function goOn(draft: Draft, env: Env): void {
  const { state, record } = draft.call;
  const { lease } = state;
  // Whoever runs the step gives the end to the flow with its outcome. The order finds nobody where that is another process, which learns of it as it renews.
  if (lease !== null && (env.runsHere || (lease.until > env.now && env.shared))) draft.order({ kind: 'abort-step', callId: record.id });
  else if (isLeftToOthers(draft.call, env)) return;
  else finish(draft, lease);
}

/** Kept until a call with this session is known; the first time that it comes it is told. */
function unknownSession(input: Summary, env: Env): Decision {
  const { subAccountId, sessionId, webhook } = input;
  const row = toInboxRow(subAccountId, sessionId, 'summary', JSON.stringify(toEarly(input)), env);
  return nothing(kept('unknown-session'), {
    change: { kind: 'inbox', row, pending: true, seen: null },
    notes: [{ kind: 'unknown-session', webhook }],
  });
}

/** A status or a recording: kept once, and told once, whether its session is a call of ours or not. */
export function decideBeside({ call }: Found, input: Status | Recording, env: Env): Decision {
  const subAccountId = call?.record.subAccountId ?? (input.kind === 'status' ? input.subAccountId : (input.subAccountIds[0] ?? ''));
  const { sessionId } = input;
  const { kind, ...data } = eventOf(input);
  const row = toInboxRow(subAccountId, sessionId, kind, JSON.stringify(data), env);
  const { now, settings } = env;
  const seen = call === null ? null : { callId: call.record.id, seenAt: now, dueAt: now + settings.idle };
  return nothing(kept('stored'), {
    change: { kind: 'inbox', row, pending: false, seen },
    notes: [input.kind === 'status' ? { kind: 'status', webhook: input.webhook } : { kind: 'recording', webhook: input.webhook }],
    about: call?.record ?? null,
  });
}

function eventOf(input: Status | Recording): TimelineEvent {
  if (input.kind === 'recording') {
    const { status, recordingId, durationSeconds } = input.webhook;
    return { kind: 'recording', status, recordingId, seconds: durationSeconds };
  }
  const { callStatus, sipCode, raw } = input.webhook;
  return { kind: 'status', status: callStatus, sipCode, webhook: maskDigitsOf(raw) };
}

function toInboxRow(subAccountId: string, sessionId: string, kind: string, data: string, { now }: Env) {
  return { subAccountId, sessionId, kind, digest: digestOf(data), at: now, data };
}

/** What makes a webhook the same as another one: all that is kept of it. */
function digestOf(data: string): string {
  return createHash('sha256').update(data).digest('base64url');
}
