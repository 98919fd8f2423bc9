import type { Clock, Timeline } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** setTimeout takes no more than this. */
const LONGEST_SLEEP = 2_147_483_647;

/** The machine's time. All sessions share one queue and one timer of Node's, so ten thousand waiting callers cost next to nothing. */
export function realClock(): Clock {
  const queue = new TimerQueue();
  let sleeping: NodeJS.Timeout | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;
  const now = (): number => performance.timeOrigin + performance.now();

  function sleep(): void {
    const first = queue.first;
    if (first === null || first.at >= wakesAt) return;
    if (sleeping !== null) clearTimeout(sleeping);
    wakesAt = first.at;
    sleeping = setTimeout(wake, Math.min(LONGEST_SLEEP, Math.max(0, Math.ceil(first.at - now()))));
  }

  function wake(): void {
    sleeping = null;
    wakesAt = Number.POSITIVE_INFINITY;
    const until = now();
    while (queue.first !== null && queue.first.at <= until) queue.take()?.act();
    sleep();
  }

  const timeline: Timeline = {
    now,
    after(ms, act) {
      const cancel = queue.add(now() + Math.max(0, ms), act);
      sleep();
      return { cancel };
    },
    hold: () => () => {},
    close: () => {},
  };

  return {
    kind: 'real',
    now,
    timeline: () => timeline,
    close() {
      if (sleeping !== null) clearTimeout(sleeping);
      sleeping = null;
      queue.clear();
    },
  };
}
