import { isHookswitchError } from '@hookswitch/dsl';
import { messageOf } from '../errors/message-of.ts';
import type { StoredCall } from '../store/store.ts';
import { erasedRows } from './end.ts';
import { idleSummary, readState, type SessionState, writeState } from './session-state.ts';
import type { SessionContext } from './settings.ts';
import { callOnEnd, pauseAfter } from './tell-end.ts';

/** How long the sweeper leaves a call alone that it can't look after. */
const PAUSE = 60_000;

/**
 * For a call that can't be brought back here, e.g. because the key of its data is gone. While its session may go on, it is left to a server that can; when it
 * is over, it is completed without its flow, so that `onEnd` is told and nothing stays open for ever.
 */
export async function abandon(context: SessionContext, { call, journal }: StoredCall, error: unknown): Promise<void> {
  const { clock, store, settings } = context;
  const state = readState(call.state);
  const now = clock.now();
  const later = { ...call, revision: call.revision + 1, dueAt: now + PAUSE };
  if ((await store.commit({ call: later })) === 'conflict') return;
  const isOver = state.summary !== null || now >= call.seenAt + (state.bridged ? settings.bridgedIdle : settings.idle);
  if (!isOver) return;
  const told = { ...(state.summary ?? idleSummary(now)), raw: null, applied: true, told: true };
  const why = { code: isHookswitchError(error) ? error.code : 'internal', message: messageOf(error) };
  const final: SessionState = { ...state, lease: null, summary: told, error: why };
  const record = {
    ...later,
    revision: later.revision + 1,
    status: 'failed' as const,
    endedAt: now,
    dueAt: null,
    state: writeState(final),
  };
  try {
    await callOnEnd(context, record, final, told);
  } catch (failure) {
    context.observer.endFailed(call, failure);
    // As long as calls are kept; then it is completed untold.
    if (now < call.seenAt + settings.retention) {
      const endFailures = state.endFailures + 1;
      const dueAt = clock.now() + pauseAfter(state.endFailures);
      await store.commit({ call: { ...later, revision: later.revision + 1, dueAt, state: writeState({ ...state, endFailures }) } });
      return;
    }
  }
  await store.commit({ call: record, rewrite: erasedRows(context.sealer, call.id, journal, await store.turns(call.id)) });
}
