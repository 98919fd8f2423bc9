import { optionSet } from '@hookswitch/dsl/options';
import { checkOption } from '../check-option.ts';
import type { Clock, Timeline } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** Options of `sharedClock`. */
export interface SharedClockOptions {
  /** When time begins, ms since 1970. @default the time at which the clock is made */
  readonly startAt?: number;
}

/** What `SharedClockOptions` holds. */
export const SHARED_CLOCK = optionSet({ startAt: { type: 'number' } });

/** One virtual time for a platform, all of its sessions, and a server in the same process. */
export interface SharedClock extends Clock {
  /** Calls `fire` once after `ms`; gives a function that cancels it. */
  timer(ms: number, fire: () => void): () => void;
  /** Time stands still until the returned function is called. */
  hold(): () => void;
  /** Time stands still while `work` goes on. */
  during<T>(work: Promise<T>): Promise<T>;
}

/**
 * Virtual time that all sessions have in common, unlike `virtualClock`, whose sessions each begin anew: a call that is placed on the third day rings on the third day. It jumps to
 * the next timer of anybody as soon as nothing holds it, so that days take as long as what happens in them. Webhooks under way hold it; what else takes no simulated time (a
 * request to the platform, a query) is held by `during`.
 */
export function sharedClock(options: SharedClockOptions = {}): SharedClock {
  checkOption('sharedClock', SHARED_CLOCK, options);
  const queue = new TimerQueue();
  let now = options.startAt ?? Date.now();
  let holds = 0;
  let closed = false;
  let next: NodeJS.Immediate | null = null;

  function pump(): void {
    // Not at once: whoever waits for what just happened acts first.
    if (holds === 0 && !closed && queue.first !== null) next ??= setImmediate(move);
  }

  function move(): void {
    next = null;
    if (holds > 0 || closed) return;
    const timer = queue.take();
    if (timer === null) return;
    now = Math.max(now, timer.at);
    timer.act();
    pump();
  }

  function timer(ms: number, fire: () => void): () => void {
    const cancel = queue.add(now + Math.max(0, ms), fire);
    pump();
    return cancel;
  }

  function hold(): () => void {
    let held = true;
    holds++;
    return () => {
      if (!held) return;
      held = false;
      holds--;
      pump();
    };
  }

  function timeline(): Timeline {
    const own = new Set<() => void>();
    return {
      now: () => now,
      after(ms, act) {
        const cancel = timer(ms, () => {
          own.delete(forget);
          act();
        });
        const forget = (): void => {
          own.delete(forget);
          cancel();
        };
        own.add(forget);
        return { cancel: forget };
      },
      hold,
      close: () => own.forEach((forget) => forget()),
    };
  }

  return {
    kind: 'virtual',
    now: () => now,
    timeline,
    timer,
    hold,
    during: (work) => work.finally(hold()),
    close() {
      closed = true;
      if (next !== null) clearImmediate(next);
      queue.clear();
    },
  };
}
