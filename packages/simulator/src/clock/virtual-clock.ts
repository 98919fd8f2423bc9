import { optionSet, orNull } from '@hookswitch/dsl/options';
import { checkOption } from '../check-option.ts';
import type { Clock, Timeline } from './clock.ts';
import { type MachineTime, machineTime } from './machine-time.ts';
import { TimerQueue } from './timer-queue.ts';

/** Options of `virtualClock`. */
export interface VirtualClockOptions {
  /** When every session begins, ms since 1970. Give it to reproduce timestamps too. @default the time at which the clock is made */
  readonly startAt?: number;
  /**
   * How many times faster than real time it passes at most, so that what happens beside the calls (a server that is killed) meets them at any moment, and
   * repetitions wait for it. The order of what happens in a session stays as it is without. @default null: as fast as the server answers
   */
  readonly pace?: number | null;
}

/** What `VirtualClockOptions` holds. */
export const VIRTUAL_CLOCK = optionSet({ startAt: { type: 'number' }, pace: orNull({ type: 'number', minimum: 0.001 }) });

/**
 * Time that passes at once: each session has its own, which jumps to its next timer as soon as nothing is under way (no webhook in flight, no person thinking).
 * An hour of waiting takes as long as the server needs to answer, and a run doesn't depend on the speed of the machine.
 */
export function virtualClock(options: VirtualClockOptions = {}, time: MachineTime = machineTime): Clock {
  checkOption('virtualClock', VIRTUAL_CLOCK, options);
  const { startAt = Date.now(), pace = null } = options;
  let latest = startAt;
  let closed = false;

  function timeline(): Timeline {
    const queue = new TimerQueue();
    let now = startAt;
    let holds = 0;
    let over = false;
    /** Real time since which this `now` holds. */
    let since = time.now();
    let cancel: (() => void) | null = null;

    function pump(): void {
      const { first } = queue;
      if (holds > 0 || first === null || over || closed) return;
      if (pace === null) {
        // Not at once: whoever waits for what just happened acts first.
        cancel ??= soon(next);
        return;
      }
      cancel?.();
      cancel = time.after((first.at - now) / pace - (time.now() - since), next);
    }

    function next(): void {
      cancel = null;
      if (holds > 0 || over || closed) return;
      const timer = queue.take();
      if (timer === null) return;
      now = Math.max(now, timer.at);
      since = time.now();
      latest = Math.max(latest, now);
      timer.act();
      pump();
    }

    return {
      now: () => now,
      after(ms, act) {
        const forget = queue.add(now + Math.max(0, ms), act);
        pump();
        return { cancel: forget };
      },
      hold() {
        let held = true;
        holds++;
        return () => {
          if (!held) return;
          held = false;
          holds--;
          since = time.now();
          pump();
        };
      },
      close() {
        over = true;
        cancel?.();
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

function soon(act: () => void): () => void {
  const immediate = setImmediate(act);
  return () => clearImmediate(immediate);
}
