import type { Clock, Timeline } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** Options of `virtualClock`. */
export interface VirtualClockOptions {
  /** When every session begins, ms since 1970. Give it to reproduce timestamps too. @default the time at which the clock is made */
  readonly startAt?: number;
}

/**
 * Time that passes at once: each session has its own, which jumps to its next timer as soon as nothing is under way (no webhook in flight, no person thinking).
 * An hour of waiting takes as long as the server needs to answer, and a run doesn't depend on the speed of the machine.
 */
export function virtualClock(options: VirtualClockOptions = {}): Clock {
  const startAt = options.startAt ?? Date.now();
  let latest = startAt;
  let closed = false;

  function timeline(): Timeline {
    const queue = new TimerQueue();
    let now = startAt;
    let holds = 0;
    let pumping = false;
    let over = false;

    function pump(): void {
      if (pumping || holds > 0 || queue.size === 0) return;
      pumping = true;
      // Not at once: whoever waits for what just happened acts first.
      setImmediate(() => {
        pumping = false;
        if (holds > 0 || over || closed) return;
        const timer = queue.take();
        if (timer === null) return;
        now = Math.max(now, timer.at);
        latest = Math.max(latest, now);
        timer.act();
        pump();
      });
    }

    return {
      now: () => now,
      after(ms, act) {
        const cancel = queue.add(now + Math.max(0, ms), act);
        pump();
        return { cancel };
      },
      hold() {
        let held = true;
        holds++;
        return () => {
          if (!held) return;
          held = false;
          holds--;
          pump();
        };
      },
      close() {
        over = true;
        queue.clear();
      },
    };
  }

  return {
    kind: 'virtual',
    now: () => latest,
    timeline,
    close() {
      closed = true;
    },
  };
}
