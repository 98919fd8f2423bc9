import { type Position, type Step, stepFailure, type StepOutcome } from '@hookswitch/dsl';
import { sleep } from '../clock.ts';
import { CallChangedError } from '../errors/call-changed-error.ts';
import { messageOf } from '../errors/message-of.ts';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { StepLeftError } from '../errors/step-left-error.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import { withSpan } from '../observe/tracing.ts';
import { type LiveCall, shownText } from './live-call.ts';
import type { CallRegistry } from './registry.ts';
import { runStep, type StepReport } from './run-step.ts';
import type { Lease } from './session-state.ts';
import type { SessionContext } from './settings.ts';
import { mayPass } from './store-failure.ts';

/** How often a commit is tried again while the store is out of reach, and the pauses between. */
const SAVE_TRIES = 60;
const SAVE_PAUSE = 500;
/** The same where the store refuses for another reason: a store of one's own may call an outage what it likes. */
const ODD_TRIES = 3;
/** How often a step is taken over from processes that have left it. Then it has failed: it may be what ends them. */
const MOST_TAKEOVERS = 3;

/** A new lease for this process; `left` is the one of whoever has left the step. */
export function newLease(context: SessionContext, left: Lease | null = null): Lease {
  const takeovers = left === null ? 0 : (left.takeovers ?? 0) + 1;
  return { token: context.mintId(), until: context.clock.now() + context.settings.lease, takeovers };
}

/** Whether not even the failure of a step that is left over and over could be saved: nothing of this call is begun again. */
export function isHopeless(left: Lease | null): boolean {
  return (left?.takeovers ?? 0) > MOST_TAKEOVERS;
}

/**
 * Runs the steps of a call up to its next wait for the platform, in the background: each outcome is saved when it settles. The lease must be saved already;
 * `finish` saves the end of it. Nothing rejects: what goes wrong leaves the lease to run out, and the next delivery or the sweeper takes over.
 */
export function startWork(
  context: SessionContext,
  registry: CallRegistry,
  call: LiveCall,
  lease: Lease,
  finish: () => Promise<void>,
): void {
  const gone = new AbortController();
  const renewal = renew(context, call, lease);
  const done = work(context, call, lease, gone.signal)
    .then(() => call.exclusive(() => ifLeased(call, lease, () => whileLeased(context, call, lease, finish))))
    .catch((error: unknown) => {
      context.observer.warned(call.record, `steps were left to whoever takes over: ${messageOf(error)}`);
    })
    .finally(() => {
      renewal();
      call.work = null;
    });
  call.work = { done, gone };
  // Whoever looks the call up from now on must find the object whose steps run.
  registry.add(call);
}

async function work(context: SessionContext, call: LiveCall, lease: Lease, gone: AbortSignal): Promise<void> {
  for (let { takeovers = 0 } = lease; ; takeovers = 0) {
    await call.exclusive(() => {
      // A step that has begun keeps its place in the journal, and so its key: the end comes after it.
      if (call.position.wait !== 'step') endIfOver(context, call);
      return Promise.resolve();
    });
    if (call.position.wait !== 'step') return;
    const { effect, stepKey } = call.position as Position & { effect: Step<unknown>; stepKey: string };
    const began = context.clock.now();
    const { id, flow } = call.record;
    const { outcome, attempts } = await withSpan(
      'hookswitch.step',
      { call: id, flow, site: call.position.site, step: effect.name },
      () =>
        refused(context, effect, takeovers) ??
        rehearsed(context, effect, stepKey) ??
        // What a flow still does when its caller has gone is not to be cut short.
        runStep(effect, stepKey, context.clock, isKept(call) ? new AbortController().signal : gone),
    );
    const settled = { effect, began, at: context.clock.now(), attempts };
    const ok = await call.exclusive(() => settle(context, call, lease, { ...settled, outcome }));
    context.observer.stepSettled(call.record, effect.name, ok, settled.at - began, attempts);
  }
}

interface SettledStep extends StepReport {
  readonly effect: Step<unknown>;
  readonly began: number;
  readonly at: number;
}

/** Gives the flow what a step came to, and saves it; says whether it succeeded. A result that can't be kept makes the step a failed one: it never runs for it again. */
async function settle(context: SessionContext, call: LiveCall, lease: Lease, step: SettledStep): Promise<boolean> {
  const takeBack = call.mark();
  try {
    await saveOutcome(context, call, lease, step);
    return step.outcome.ok;
  } catch (error) {
    if (mayPass(error)) throw error;
    takeBack();
    context.observer.warned(call.record, `what step "${step.effect.name}" came to can not be kept: ${messageOf(error)}`);
    await saveOutcome(context, call, lease, { ...step, outcome: failed(error) });
    return false;
  }
}

async function saveOutcome(context: SessionContext, call: LiveCall, lease: Lease, step: SettledStep): Promise<void> {
  const { effect, outcome, began, at, attempts } = step;
  const { site } = call.position;
  endIfOver(context, call);
  call.advance({ type: 'STEP_SETTLED', at: timeOf(context, call), outcome });
  const error = outcome.ok
    ? null
    : effect.sensitive
      ? outcome.error.name
      : shownText(call, `${outcome.error.name}: ${outcome.error.message}`);
  const row = toTimelineRow(at, { kind: 'step', site, outcome: outcome.ok ? 'done' : 'failed', ms: at - began, attempts, error });
  await whileLeased(context, call, lease, () => call.commit({ state: { lease: renewed(context, lease, 0) }, timeline: [row] }));
}

/** What a step comes to that must not be begun: one whose result could not be sealed, or that is left by whoever runs it. Null for all others. */
function refused({ sealer }: SessionContext, { name, sensitive }: Step<unknown>, takeovers: number): StepReport | null {
  if (sensitive && !sealer.canSeal) return { outcome: failed(new SealKeyMissingError(null)), attempts: 0 };
  return takeovers > MOST_TAKEOVERS ? { outcome: failed(new StepLeftError(name, takeovers)), attempts: 0 } : null;
}

function failed(error: unknown): StepOutcome {
  return { ok: false, error: stepFailure(error) };
}

/** Whether a step goes on though the caller has gone, or is begun when he has. */
function isKept({ state, position }: LiveCall): boolean {
  return state.summary !== null || position.uninterruptible;
}

/** What a step comes to in a simulation; null where its own function is called. */
function rehearsed({ rehearsal }: SessionContext, effect: Step<unknown>, idempotencyKey: string): Promise<StepReport> | null {
  const outcome = rehearsal?.outcomeOf(effect, { idempotencyKey }) ?? null;
  return outcome === null ? null : Promise.resolve({ outcome, attempts: 1 });
}

/** Gives the flow the end of its session, once. */
export function endIfOver(context: SessionContext, call: LiveCall): void {
  const { summary } = call.state;
  if (summary === null || call.position.ending || call.position.wait === 'closed') return;
  call.advance({ type: 'SESSION_ENDED', at: timeOf(context, call), ...(summary.bridge === null ? {} : { bridge: summary.bridge }) });
}

/** Now, but never before the last entry: clocks can go backwards. */
export function timeOf(context: SessionContext, call: LiveCall): number {
  return (
    context.rehearsal?.timeOf(call.record.id) ?? Math.max(context.clock.now(), call.position.journal.entry?.at ?? call.record.startedAt)
  );
}

/** Saves while the lease is ours, over and over while the store is out of reach or others change the record beside us. */
async function whileLeased(context: SessionContext, call: LiveCall, lease: Lease, save: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await save();
      return;
    } catch (error) {
      if (tries >= (mayPass(error) ? SAVE_TRIES : ODD_TRIES)) throw error;
      if (!(error instanceof CallChangedError)) {
        context.observer.storeFailed(error);
        await sleep(context.clock, SAVE_PAUSE);
      }
      if (!(await call.catchUp(lease.token).catch(() => true))) throw new CallChangedError('the lease was taken over');
    }
  }
}

/** Not where the batch was sent meanwhile, which ends the lease. */
async function ifLeased(call: LiveCall, lease: Lease, task: () => Promise<void>): Promise<void> {
  if (call.state.lease?.token === lease.token) await task();
}

function renewed(context: SessionContext, { token }: Lease, takeovers: number): Lease {
  return { token, until: context.clock.now() + context.settings.lease, takeovers };
}

/** Renews the lease while a long step runs; gives a function that stops it. */
function renew(context: SessionContext, call: LiveCall, lease: Lease): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = context.clock.timer(context.settings.lease / 3, () => {
      void call
        .exclusive(async () => {
          const held = call.state.lease;
          if (call.work !== null && held?.token === lease.token)
            await call.commit({ state: { lease: renewed(context, lease, held.takeovers ?? 0) } });
        })
        // A renewal that fails is not worth a word: the step's own commit tells who holds the lease.
        .catch(() => undefined)
        .finally(() => {
          if (call.work !== null) next();
        });
    });
  };
  next();
  return () => {
    cancel();
  };
}
