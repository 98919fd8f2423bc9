/** Time, as an argument: real in production, by hand in tests. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls `fire` once after `ms` milliseconds; gives a function that cancels it. Never keeps the process alive. */
  timer(ms: number, fire: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  timer: (ms, fire) => {
    const handle = setTimeout(fire, ms);
    handle.unref();
    return () => {
      clearTimeout(handle);
    };
  },
};

/** Resolves after `ms` milliseconds of `clock`, or at once when `signal` aborts. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const cancel = clock.timer(ms, done);
    signal?.addEventListener('abort', done, { once: true });
    function done(): void {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    }
  });
}

/** What `task` gives, or null when `ms` milliseconds of `clock` have passed before. The task goes on; what it throws later is nobody's any more. */
export async function withTimeout<T>(clock: Clock, ms: number, task: Promise<T>): Promise<T | null> {
  let cancel = (): void => undefined;
  const late = new Promise<null>((resolve) => {
    cancel = clock.timer(ms, () => {
      resolve(null);
    });
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    cancel();
  }
}
