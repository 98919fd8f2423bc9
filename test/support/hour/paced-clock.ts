import type { Clock } from '@hookswitch/runtime';

/** The machine's own time, so many times faster. */
export function pacedClock(pace: number): Clock {
  const start = Date.now();
  return {
    now: () => start + Math.floor((Date.now() - start) * pace),
    timer: (ms, fire) => {
      const handle = setTimeout(fire, ms / pace);
      handle.unref();
      return () => clearTimeout(handle);
    },
  };
}
