import { messageOf } from '../errors/message-of.ts';
import { StepLeftError } from '../errors/step-left-error.ts';
import { abandon } from './abandon.ts';
import { applyEnd, keepSummary } from './end.ts';
import { isLeftToOthers } from './ahead.ts';
import type { LiveCall } from './live-call.ts';
import { isHopeless, newLease, startWork } from './perform.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import type { CallRegistry } from './registry.ts';
import { idleSummary } from './session-state.ts';
import type { SessionContext } from './settings.ts';
import { isStoreFailure, mayPass } from './store-failure.ts';

/** Calls that one round looks after, side by side. */
export const SWEEP_BATCH = 50;

/** Goes on with a task that nobody waits for; what it rejects with is told. */
export type Background = (task: Promise<void>) => void;

/**
 * Looks after calls that nobody asks for any more: applies stored summaries, takes over expired leases, closes idle sessions. Says how many it looked at. What takes as
 * long as it likes, a step or a hook, goes on in the `background`: no other call waits for it. A call that can't be looked after stands in nobody's way: it is logged,
 * and comes again later.
 */
export async function sweep(context: SessionContext, registry: CallRegistry, background: Background): Promise<number> {
  const ids = await context.store.due(context.clock.now(), SWEEP_BATCH);
  const rounds = await Promise.allSettled(ids.map((id) => lookAfterOne(context, registry, id, background)));
  const failed = rounds.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return ids.length;
}

async function lookAfterOne(context: SessionContext, registry: CallRegistry, id: string, background: Background): Promise<void> {
  let call: LiveCall | null;
  try {
    call = await registry.findStored(id);
  } catch (error) {
    // The call may be as sound as any: it comes again with the next round.
    if (isStoreFailure(error)) throw error;
    background(giveUp(context, id, 'the call can not be brought back here', error));
    return;
  }
  if (call === null || call.work !== null) return;
  const known = call;
  const isOver = await orGiveUp(context, registry, known, background, () => lookAfter(context, registry, known));
  if (isOver === true)
    background(orGiveUp(context, registry, known, background, () => applyEnd(context, registry, known)).then(() => undefined));
}

/** A fault that is not the store's comes again however often it is tried: such a call is left alone, and completed without its flow once it is over. */
async function orGiveUp<T>(
  context: SessionContext,
  registry: CallRegistry,
  call: LiveCall,
  background: Background,
  task: () => Promise<T>,
): Promise<T | null> {
  try {
    return await task();
  } catch (error) {
    registry.drop(call);
    if (isStoreFailure(error)) throw error;
    if (!mayPass(error)) background(giveUp(context, call.record.id, 'the call can not be looked after', error));
    return null;
  }
}

async function giveUp(context: SessionContext, id: string, what: string, error: unknown): Promise<void> {
  const stored = await context.store.load({ id });
  if (stored === null) return;
  context.observer.warned(stored.call, `${what}: ${messageOf(error)}`);
  await abandon(context, stored, error);
}

/** Says whether the call's session is over, so that its end is to be applied. */
async function lookAfter(context: SessionContext, registry: CallRegistry, call: LiveCall): Promise<boolean> {
  const now = context.clock.now();
  const isEarly = (): boolean => call.record.dueAt === null || call.record.dueAt > now;
  if (isEarly() || isLeftToOthers(context, call)) {
    registry.drop(call);
    return false;
  }
  // The end of a session goes on with steps that were left itself.
  if (call.state.lease !== null && call.state.summary === null) {
    await takeOver(context, registry, call);
    return false;
  }
  if (call.state.summary === null) {
    const { subAccountId, sessionId } = call.record;
    const summary = { ...idleSummary(now), subAccountId, sessionId: sessionId ?? '', clientRequestId: null };
    // A webhook that comes in the same moment keeps the session: only one that is still due is closed.
    return keepSummary(context, call, summary, isEarly);
  }
  return true;
}

/** Another process has left its steps: they go on here. The next delivery finds their batch. */
async function takeOver(context: SessionContext, registry: CallRegistry, call: LiveCall): Promise<void> {
  await call.exclusive(async () => {
    if (call.work !== null) return;
    const left = call.state.lease;
    if (isHopeless(left)) {
      const error = { code: 'internal', message: messageOf(new StepLeftError(call.position.site, left?.takeovers ?? 0)) };
      await call.commit({ state: { lease: null, outstanding: 'end', error } });
      return;
    }
    const lease = newLease(context, left);
    const taken = toTimelineRow(context.clock.now(), { kind: 'takeover', turn: call.record.turn + 1 });
    await call.commit({ state: { lease }, timeline: [taken] });
    startWork(context, registry, call, lease, () => call.commit({ state: { lease: null } }));
  });
}
