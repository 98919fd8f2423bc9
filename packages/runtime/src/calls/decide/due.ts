/** What is due of a call that nobody asks for any more, and what came of telling its end. */
import { isHookswitchError } from '@hookswitch/dsl';
import { messageOf } from '../../errors/message-of.ts';
import { type Call, type Decision, type Env, type Found, nothing } from '../call.ts';
import { Draft, idleAt } from '../draft.ts';
import type { Due, EndTold } from '../input.ts';
import { finish, isHopeless, isLeftToOthers, onward, takeEarly } from './onward.ts';
import type { Lease } from '../state.ts';
import { complete, keepIdle, pauseAfter, tellingUntil } from './end.ts';

/** How long a call is left alone that can't be looked after here, ms. */
const BROKEN_PAUSE = 60_000;

/** A lease has run out, an end was not given to the flow or not told, the session is idle. */
export function decideDue(found: Found, _input: Due, env: Env): Decision {
  const { call } = found;
  const known = nothing({ kind: 'call', record: call?.record ?? null });
  if (call === null || call.record.dueAt === null || call.record.dueAt > env.now || env.runsHere) return known;
  if (isLeftToOthers(call, env)) return known;
  if (call.state.summary?.told === true) return known;
  const why = call.broken ?? env.trouble;
  const draft = new Draft(call, env);
  if (why !== null) abandon(draft, why.why);
  else if (call.state.lease !== null) takeOver(draft, call.state.lease);
  else if (call.state.summary?.applied === true) tellAgain(draft);
  else {
    if (call.state.summary === null && !takeEarly(draft, found)) keepIdle(draft);
    finish(draft, null);
  }
  return draft.done({ kind: 'call', record: draft.call.record });
}

/** Another process has left its steps: they go on here, and the next delivery finds their batch. Where too many have, the next webhook is told so, or the end is. */
function takeOver(draft: Draft, lease: Lease): void {
  const { call, env } = draft;
  if (call.state.summary === null && isHopeless(lease)) {
    if (!isOver(call, env)) {
      draft.leave(idleAt(call.record, call.state, env));
      return;
    }
    keepIdle(draft);
  }
  if (draft.call.state.summary !== null) finish(draft, lease);
  else {
    draft.row({ kind: 'takeover', turn: call.record.turn + 1 });
    onward(draft, null, lease);
  }
}

function tellAgain(draft: Draft): void {
  draft.state({ tellAfter: tellingUntil(draft.env) }).order({ kind: 'tell-end', call: draft.call });
}

/**
 * For a call that can't be brought back here, e.g. because the key of its data is gone. While its session may go on, it is left to a server that can; when it
 * is over, it is completed without its flow, so that `onEnd` is told and nothing stays open for ever.
 */
function abandon(draft: Draft, why: unknown): void {
  const { env, call } = draft;
  const what = call.broken === null ? 'the call can not be looked after' : 'the call can not be brought back here';
  draft.note({ kind: 'warned', message: `${what}: ${messageOf(why)}` });
  if (call.state.summary?.applied === true) return tellAgain(draft);
  if (!isOver(call, env)) {
    draft.leave(env.now + BROKEN_PAUSE);
    return;
  }
  if (call.state.summary === null) keepIdle(draft);
  complete(draft, { code: isHookswitchError(why) ? why.code : 'internal', message: messageOf(why) });
}

function isOver(call: Call, env: Env): boolean {
  return call.state.summary !== null || env.now >= idleAt(call.record, call.state, env);
}

/** `onEnd` has returned, or has failed: then it is called again, later and later. */
export function decideEndTold({ call }: Found, { error }: EndTold, env: Env): Decision {
  const summary = call?.state.summary;
  if (call == null || summary == null || !summary.applied || summary.told) return nothing({ kind: 'call', record: call?.record ?? null });
  const draft = new Draft(call, env);
  if (error === null) draft.state({ summary: { ...summary, told: true } });
  else {
    const { endFailures } = call.state;
    draft
      .note({ kind: 'end-failed', error: error.thrown })
      .state({ endFailures: endFailures + 1, tellAfter: env.now + pauseAfter(endFailures) });
  }
  return draft.done({ kind: 'call', record: draft.call.record });
}
