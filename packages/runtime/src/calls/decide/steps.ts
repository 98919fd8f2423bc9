/** What comes of steps that we have ordered. Their outcome, its entry in the journal and the answer of the turn that waits are one change. */
import type { Step } from '@hookswitch/dsl';
import { messageOf } from '../../errors/message-of.ts';
import { type Decision, type Env, type Found, nothing } from '../call.ts';
import { Draft, shownText } from '../draft.ts';
import type { StepSettled, StillRunning } from '../input.ts';
import { giveEnd } from './end.ts';
import { failed, onward, stepOrder } from './onward.ts';

/** A step has come to an end: the flow goes on with what came of it. */
export function decideSettled({ call }: Found, input: StepSettled, env: Env): Decision {
  const known = nothing({ kind: 'call', record: call?.record ?? null });
  if (call === null || call.broken !== null || call.state.lease?.token !== input.token) return known;
  // Settled already, by a commit whose outcome we never heard: what follows is ordered again, for orders follow from the state.
  if (call.position.wait !== 'step') return known;
  if (call.position.journal.length !== input.index) return { ...known, orders: [stepOrder(call, env, input.asked)] };
  const draft = new Draft(call, env);
  const { effect, site } = call.position;
  const { name, sensitive } = effect as Step<unknown>;
  // A result that can't be kept makes the step a failed one: it never runs for it again.
  const outcome = env.trouble === null ? input.outcome : failed(env.trouble.why);
  if (env.trouble !== null)
    draft.note({ kind: 'warned', message: `what step "${name}" came to can not be kept: ${messageOf(env.trouble.why)}` });
  giveEnd(draft, true);
  draft.advance({ type: 'STEP_SETTLED', at: draft.time, outcome });
  const error = outcome.ok ? null : sensitive ? outcome.error.name : shownText(call, `${outcome.error.name}: ${outcome.error.message}`);
  const { ms, attempts } = input;
  draft
    .row({ kind: 'step', site, outcome: outcome.ok ? 'done' : 'failed', ms, attempts, error }, input.at)
    .note({ kind: 'step-settled', step: name, ok: outcome.ok, ms, attempts });
  const reply = onward(draft, input.asked);
  return draft.done(reply ?? { kind: 'call', record: draft.call.record });
}

/** A step is still running, so its lease is renewed. This is how another process learns that the caller has hung up. */
export function decideStillRunning({ call }: Found, { token }: StillRunning, env: Env): Decision {
  const lease = call?.state.lease;
  if (call == null || lease == null || lease.token !== token) return nothing({ kind: 'call', record: call?.record ?? null });
  const draft = new Draft(call, env).state({ lease: { ...lease, until: env.now + env.settings.lease } });
  if (call.state.summary !== null) draft.order({ kind: 'abort-step', callId: call.record.id });
  return draft.done({ kind: 'call', record: draft.call.record });
}
