import { CallChangedError } from '../errors/call-changed-error.ts';
import { applyEnd, storeSummary } from './end.ts';
import type { LiveCall } from './live-call.ts';
import { newLease, startWork } from './perform.ts';
import type { CallRegistry } from './registry.ts';
import type { SessionContext } from './settings.ts';

const BATCH = 50;

/** Looks after calls that nobody asks for any more: applies stored summaries, takes over expired leases, closes idle sessions. Says how many it looked at. */
export async function sweep(context: SessionContext, registry: CallRegistry): Promise<number> {
  const ids = await context.store.due(context.clock.now(), BATCH);
  for (const id of ids) {
    const call = await registry.find({ id });
    if (call === null || call.work !== null) continue;
    try {
      await lookAfter(context, registry, call);
    } catch (error) {
      registry.drop(call);
      if (!(error instanceof CallChangedError)) throw error;
    }
  }
  return ids.length;
}

async function lookAfter(context: SessionContext, registry: CallRegistry, call: LiveCall): Promise<void> {
  const now = context.clock.now();
  if (call.record.dueAt === null || call.record.dueAt > now) {
    registry.drop(call);
    return;
  }
  if (call.state.lease !== null) {
    await takeOver(context, registry, call);
    return;
  }
  if (call.state.summary === null) {
    await storeSummary(context, registry, call, {
      subAccountId: call.record.subAccountId,
      sessionId: call.record.sessionId ?? '',
      status: 'IDLE',
      at: now,
      clientRequestId: null,
      errorCode: null,
      errorMessage: 'no webhook came for longer than the patience of the server',
      bridge: null,
      raw: null,
    });
  }
  await applyEnd(context, registry, call);
}

/** Another process has left its steps: they go on here. The next delivery finds their batch. */
async function takeOver(context: SessionContext, registry: CallRegistry, call: LiveCall): Promise<void> {
  await call.exclusive(async () => {
    const lease = newLease(context);
    await call.commit({ state: { lease } });
    startWork(context, registry, call, lease, () => call.commit({ state: { lease: null } }));
  });
  await call.work?.done;
}
