/** A signal: the flow goes on with it where it waits for it, and else finds it when it does. And what becomes of a wait whenever the platform asks what to do next. */
import { checkSignal, didYouMean, type WaitFor } from '@hookswitch/dsl';
import { type Call, type Decision, type Env, type Found, type SignalRefusal, nothing } from '../call.ts';
import { Draft } from '../draft.ts';
import type { SignalSent } from '../input.ts';
import { MAX_KEPT, MAX_KEPT_SIZE, MAX_SIGNALS, sentBefore, withSignal } from '../kept-signal.ts';
import { onward } from './onward.ts';

export function decideSignal(found: Found, input: SignalSent, env: Env): Decision {
  const { call } = found;
  if (call === null) return refused({ is: 'unknown' });
  const before = found.signal === null ? null : sentBefore(found.signal);
  if (before !== null) {
    if (before.digest !== input.digest) return refused({ is: 'other-body' });
    return nothing({ kind: 'signal', outcome: { is: before.outcome, repeated: true }, record: call.record });
  }
  const refusal = refusalOf(call, input, env);
  if (refusal !== null) return nothing({ kind: 'signal', outcome: refusal, record: call.record });
  const { name } = input;
  const draft = new Draft(call, env);
  const wait = waitOf(call, name);
  const checked = wait === null ? null : checkSignal(wait, input.value);
  const isTaken = checked !== null && 'value' in checked;
  draft.signalled(withSignal(call, input, isTaken ? 'taken' : 'kept', isSecret(call, name, env)));
  draft.row({ kind: 'signal', name, outcome: isTaken ? 'taken' : 'kept' });
  if (isTaken) {
    draft.advance({ type: 'SIGNAL_RECEIVED', at: draft.time, value: checked.value });
    onward(draft, null);
  }
  return draft.done({ kind: 'signal', outcome: { is: isTaken ? 'taken' : 'kept', repeated: false }, record: draft.call.record });
}

function refused(outcome: SignalRefusal): Decision {
  return nothing({ kind: 'signal', outcome, record: null });
}

function refusalOf(call: Call, { name, value, text }: SignalSent, env: Env): SignalRefusal | null {
  if (call.broken !== null || call.isAhead) return { is: 'elsewhere' };
  const over = whyOver(call);
  if (over !== null) return { is: 'over', why: over };
  const waits = waitsFor(call, name);
  const { signals, explored } = call.compiled.chart;
  // What exploration has not come to may be waited for all the same.
  if (waits.length === 0 && !explored.truncated) {
    const known = [...signals.keys()];
    return { is: 'not-awaited', known, hint: didYouMean(name, known).trim() };
  }
  const checked = waits.map((wait) => checkSignal(wait, value));
  const [first] = checked;
  if (first !== undefined && 'issues' in first && !checked.some((one) => 'value' in one))
    return { is: 'not-fitting', issues: first.issues };
  if (waits.some(({ sensitive }) => sensitive) && !env.canSeal) return { is: 'no-key' };
  const size = call.kept.reduce((sum, { data }) => sum + data.length, text.length);
  const { count } = call.state.signals ?? { count: 0 };
  const most = Math.min(MAX_SIGNALS, Math.floor(call.compiled.flow.options.limits.journalEntries / 2));
  return call.kept.length >= MAX_KEPT || size > MAX_KEPT_SIZE || count >= most ? { is: 'too-many' } : null;
}

/** Why a call takes no signals any longer; null where it does. */
function whyOver({ record, state, position }: Call): string | null {
  if (record.endedAt !== null) return record.status === 'ended' ? 'it has ended' : `it has ended (${record.status})`;
  if (state.summary !== null || position.ending) return 'its session is over';
  if (state.endRequested) return 'its end was requested';
  const isLast = position.wait === 'ended' || position.wait === 'failed' || position.wait === 'closed';
  return isLast || state.outstanding === 'end' ? 'its flow has said its last words' : null;
}

/** The wait at which the flow stands, where it is for this signal. */
function waitOf({ position: { wait, effect } }: Call, name: string): WaitFor | null {
  return wait === 'signal' && effect?.kind === 'waitFor' && effect.name === name ? effect : null;
}

/** The wait at which the flow stands, else all of this name that exploration has found. */
function waitsFor(call: Call, name: string): readonly WaitFor[] {
  const here = waitOf(call, name);
  return here === null ? (call.compiled.chart.signals.get(name) ?? []) : [here];
}

/** What nobody knows is taken to be sensitive where it can be sealed. */
function isSecret(call: Call, name: string, { canSeal }: Env): boolean {
  const waits = waitsFor(call, name);
  return waits.length === 0 ? canSeal : waits.some(({ sensitive }) => sensitive);
}
