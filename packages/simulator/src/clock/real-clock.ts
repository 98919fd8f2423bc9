import type { Clock, Timeline } from './clock.ts';
import { type MachineTime, machineTime } from './machine-time.ts';
import { TimerQueue } from './timer-queue.ts';

/** The machine's time. All sessions share one queue and one timer of Node's, so ten thousand waiting callers cost next to nothing. */
export function realClock(time: MachineTime = machineTime): Clock {
  const queue = new TimerQueue();
  let sleeping: (() => void) | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;
  const { now } = time;

  function sleep(): void {
    const first = queue.first;
    if (first === null || first.at >= wakesAt) return;
    sleeping?.();
    wakesAt = first.at;
    sleeping = time.after(Math.ceil(first.at - now()), wake);
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
      sleeping?.();
      sleeping = null;
      queue.clear();
    },
  };
}
