import { HookTimeoutError } from '../errors/hook-timeout-error.ts';
import type { CallRecord } from '../store/store.ts';
import { endedCall } from './ended-call.ts';
import type { LiveCall } from './live-call.ts';
import type { SessionState, Summary } from './session-state.ts';
import type { SessionContext } from './settings.ts';

/** How long `onEnd` may take. */
const ON_END_TIME = 30_000;
/** As long as one process tells `onEnd`, no other one does. */
const TELLING = ON_END_TIME + 5_000;
/** Pauses after `onEnd` has failed: doubled each time. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 600_000;

/** Until when only the process that says so tells the end of a call; after that the sweeper does. */
export function tellingUntil({ clock }: SessionContext): number {
  return clock.now() + TELLING;
}

/** Calls `onEnd`; where it fails, the sweeper comes back, later and later. */
export async function tellEnd(context: SessionContext, call: LiveCall): Promise<void> {
  const { summary, endFailures } = call.state;
  if (summary === null || summary.told) return;
  try {
    await callOnEnd(context, call.record, call.state, summary);
  } catch (error) {
    context.observer.endFailed(call.record, error);
    const tellAfter = context.clock.now() + pauseAfter(endFailures);
    await call.exclusive(() => call.commit({ state: { endFailures: endFailures + 1, tellAfter } }));
    return;
  }
  await call.exclusive(() => call.commit({ state: { summary: { ...summary, told: true } } }));
}

/** How long after its `endFailures`-th failure `onEnd` is called again. It is called until it returns, or the call is older than calls are kept. */
export function pauseAfter(endFailures: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** endFailures);
}

/** Calls `onEnd` once. Rejects when it fails or doesn't return in time. */
export async function callOnEnd(context: SessionContext, call: CallRecord, state: SessionState, summary: Summary): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = context.clock.timer(ON_END_TIME, () => {
      reject(new HookTimeoutError('onEnd', ON_END_TIME));
    });
  });
  try {
    await Promise.race([context.onEnd(endedCall(call, state, summary)), late]);
  } finally {
    cancel();
  }
}
