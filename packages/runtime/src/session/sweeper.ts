import { CallChangedError } from '../errors/call-changed-error.ts';
import { abandon } from './abandon.ts';
import { applyEnd, keepSummary } from './end.ts';
import { isLeftToOthers } from './ahead.ts';
import type { LiveCall } from './live-call.ts';
import { newLease, startWork } from './perform.ts';
import { toTimelineRow } from '../observe/timeline.ts';
import type { CallRegistry } from './registry.ts';
import { idleSummary } from './session-state.ts';
import type { SessionContext } from './settings.ts';
import { isStoreFailure } from './store-failure.ts';

/** Calls that one round looks after, side by side. */
export const SWEEP_BATCH = 50;

/**
 * Looks after calls that nobody asks for any more: applies stored summaries, takes over expired leases, closes idle sessions. Says how many it looked at.
 * A call that can't be looked after stands in nobody's way: it is logged, and comes again later.
 */
export async function sweep(context: SessionContext, registry: CallRegistry): Promise<number> {
  const ids = await context.store.due(context.clock.now(), SWEEP_BATCH);
  const rounds = await Promise.allSettled(ids.map((id) => lookAfterOne(context, registry, id)));
  const failed = rounds.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return ids.length;
}

async function lookAfterOne(context: SessionContext, registry: CallRegistry, id: string): Promise<void> {
  let call: LiveCall | null;
  try {
    call = await registry.findStored(id);
  } catch (error) {
    // The call may be as sound as any: it comes again with the next round.
    if (isStoreFailure(error)) throw error;
    const stored = await context.store.load({ id });
    if (stored === null) return;
    context.observer.warned(
      stored.call,
      `the call can not be brought back here: ${error instanceof Error ? error.message : 'unknown error'}`,
    );
    await abandon(context, stored, error);
    return;
  }
  if (call === null || call.work !== null) return;
  try {
    await lookAfter(context, registry, call);
  } catch (error) {
    registry.drop(call);
    if (!(error instanceof CallChangedError)) throw error;
  }
}

async function lookAfter(context: SessionContext, registry: CallRegistry, call: LiveCall): Promise<void> {
  const now = context.clock.now();
  const isEarly = (): boolean => call.record.dueAt === null || call.record.dueAt > now;
  if (isEarly() || isLeftToOthers(context, call)) {
    registry.drop(call);
    return;
  }
  if (call.state.lease !== null) {
    await takeOver(context, registry, call);
    return;
  }
  if (call.state.summary === null) {
    const { subAccountId, sessionId } = call.record;
    const summary = { ...idleSummary(now), subAccountId, sessionId: sessionId ?? '', clientRequestId: null };
    // A webhook that comes in the same moment keeps the session: only one that is still due is closed.
    if (!(await keepSummary(context, call, summary, isEarly))) return;
  }
  await applyEnd(context, registry, call);
}

/** Another process has left its steps: they go on here. The next delivery finds their batch. */
async function takeOver(context: SessionContext, registry: CallRegistry, call: LiveCall): Promise<void> {
  await call.exclusive(async () => {
    if (call.work !== null) return;
    const lease = newLease(context);
    const taken = toTimelineRow(context.clock.now(), { kind: 'takeover', turn: call.record.turn + 1 });
    await call.commit({ state: { lease }, timeline: [taken] });
    startWork(context, registry, call, lease, () => call.commit({ state: { lease: null } }));
  });
  await call.work?.done;
}
