import type { Clock, Timeline, Timer } from '@hookswitch/simulator';

/** Time of one call, which can be made to pass faster. */
export interface PhoneTimeline extends Timeline {
  /** How many times faster than real time it passes from now on. */
  hurry(speed: number): void;
}

/** A clock for people who don't want to wait until everything is spoken; each call has a speed of its own. */
export interface PhoneClock extends Clock {
  /** The time of the call that began last. */
  readonly newest: PhoneTimeline | null;
}

interface Pending {
  /** On the call's own time. */
  readonly at: number;
  readonly act: () => void;
  handle: NodeJS.Timeout;
}

export function phoneClock(): PhoneClock {
  const timelines = new Set<PhoneTimeline>();
  let newest: PhoneTimeline | null = null;
  return {
    kind: 'real',
    now: Date.now,
    get newest() {
      return newest;
    },
    timeline() {
      const timeline = phoneTimeline(() => timelines.delete(timeline));
      timelines.add(timeline);
      newest = timeline;
      return timeline;
    },
    close() {
      for (const timeline of timelines) timeline.close();
    },
  };
}

function phoneTimeline(onClosed: () => void): PhoneTimeline {
  const pending = new Set<Pending>();
  let speed = 1;
  // Where this call's time stood when it was last given a speed, and the real time then.
  let base = { own: Date.now(), real: performance.now() };
  const now = (): number => base.own + (performance.now() - base.real) * speed;
  const schedule = (timer: Pending): void => {
    timer.handle = setTimeout(
      () => {
        pending.delete(timer);
        timer.act();
      },
      Math.max(0, (timer.at - now()) / speed),
    );
  };
  return {
    now,
    after(ms, act): Timer {
      const timer = { at: now() + Math.max(0, ms), act } as Pending;
      schedule(timer);
      pending.add(timer);
      return {
        cancel: () => {
          clearTimeout(timer.handle);
          pending.delete(timer);
        },
      };
    },
    hold: () => () => undefined,
    hurry(next) {
      if (next === speed) return;
      base = { own: now(), real: performance.now() };
      speed = next;
      for (const timer of pending) {
        clearTimeout(timer.handle);
        schedule(timer);
      }
    },
    close() {
      for (const { handle } of pending) clearTimeout(handle);
      pending.clear();
      onClosed();
    },
  };
}
