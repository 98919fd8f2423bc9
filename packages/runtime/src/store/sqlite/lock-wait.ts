import type { Clock } from '../../clock.ts';

/** How a lock of another program is waited for. */
export interface LockWait {
  /** Milliseconds that an operation may wait. */
  readonly lockTimeout: number;
  /** Milliseconds between two tries. */
  readonly retry: number;
  readonly clock: Clock;
}

/** The machine's own clock; what waits for a lock keeps the process alive. */
const clock: Clock = {
  now: () => Date.now(),
  timer: (ms, fire) => {
    const handle = setTimeout(fire, ms);
    return () => {
      clearTimeout(handle);
    };
  },
};

/** As long as `busyTimeout` says by itself. */
export const LOCK_WAIT: LockWait = { lockTimeout: 1_000, retry: 15, clock };

/** What `work` gives, which is tried again as long as somebody else holds the lock. Never blocks the process. */
export async function whileLocked<T>(
  work: () => T,
  isLocked: (error: unknown) => boolean,
  { lockTimeout, retry, clock }: LockWait,
): Promise<T> {
  const until = clock.now() + lockTimeout;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || clock.now() >= until) throw error;
    }
    await new Promise<void>((resolve) => void clock.timer(retry, resolve));
  }
}
