import type { Clock } from '../clock.ts';

/** How long nothing more is said of a kind, ms. */
const PAUSE = 1_000;

/**
 * Says of something that strangers can bring about whether it may be logged now, once a second for each kind: a flood must fill no disk. Gives how many were left out
 * since the last one; null for those that are left out.
 */
export function seldom(clock: Clock): (kind: string) => number | null {
  const kinds = new Map<string, { since: number; leftOut: number }>();
  return (kind) => {
    const known = kinds.get(kind);
    const now = clock.now();
    if (known !== undefined && Math.abs(now - known.since) < PAUSE) {
      known.leftOut++;
      return null;
    }
    kinds.set(kind, { since: now, leftOut: 0 });
    return known?.leftOut ?? 0;
  };
}
