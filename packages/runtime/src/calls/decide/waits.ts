/** What a wait for a signal comes to of itself: a signal that was kept for it, or the end of its time. */
import { checkSignal } from '@hookswitch/dsl';
import type { Draft } from '../draft.ts';
import { withoutSignal } from '../kept-signal.ts';

/** How many pieces of its hold a wait has time for where time stands still. */
const MAX_REHEARSED = 4;

/** Gives the flow what was kept for where it waits, for as long as there is something. What does not fit any longer, the code having changed, is passed over. */
export function takeKept(draft: Draft): void {
  for (;;) {
    const { position, kept } = draft.call;
    const { effect } = position;
    if (position.wait !== 'signal' || effect?.kind !== 'waitFor') return;
    const next = kept.find(({ name }) => name === effect.name);
    if (next === undefined) return;
    draft.signalled(withoutSignal(draft.call, next.number));
    const { name } = next;
    const checked = checkSignal(effect, JSON.parse(next.data));
    if ('value' in checked) {
      draft.row({ kind: 'signal', name, outcome: 'taken' }).advance({ type: 'SIGNAL_RECEIVED', at: draft.time, value: checked.value });
    } else {
      const message = `signal "${name}", which was kept, does not fit what the flow waits for at "${position.site}" now: it is passed over`;
      draft.row({ kind: 'signal', name, outcome: 'passed over' }).note({ kind: 'warned', message });
    }
  }
}

/** Forgets what was kept for a call that is over: its flow comes to no wait any more. */
export function forgetKept(draft: Draft): void {
  for (const { number, name } of draft.call.kept)
    draft.signalled(withoutSignal(draft.call, number)).row({ kind: 'signal', name, outcome: 'never taken' });
}

/** Tells the flow that no signal has come in time, where that is so: true then. */
export function timeOut(draft: Draft): boolean {
  const { position, state } = draft.call;
  const { effect } = position;
  if (position.wait !== 'signal' || effect?.kind !== 'waitFor' || state.waiting === null) return false;
  const { since, played } = state.waiting;
  if (since === 0) return false;
  // In a rehearsal time stands still: what was played stands for it.
  const isOver = draft.env.flowTime === null ? draft.time - since >= effect.timeout : played >= MAX_REHEARSED;
  if (!isOver) return false;
  draft.row({ kind: 'signal', name: effect.name, outcome: 'timed out' }).advance({ type: 'SIGNAL_TIMED_OUT', at: draft.time });
  return true;
}
