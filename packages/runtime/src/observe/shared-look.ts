import type { Clock } from '../clock.ts';

/** How long what a look has found is kept, ms. */
const KEPT = 1_000;

/**
 * One look for all who ask: those who come while it is under way wait for the same one, and what it finds, or fails with, is kept for a second. So however often
 * somebody asks, the store is asked once a second at most, and never twice at once.
 */
export function sharedLook<T>(clock: Clock, look: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | null = null;
  let settledAt: number | null = null;
  return () => {
    const isOld = settledAt !== null && Math.abs(clock.now() - settledAt) >= KEPT;
    if (found !== null && !isOld) return found;
    settledAt = null;
    const looking = new Promise<T>((resolve) => {
      resolve(look());
    });
    const note = (): void => {
      settledAt = clock.now();
    };
    looking.then(note, note);
    found = looking;
    return looking;
  };
}
