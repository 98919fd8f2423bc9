import { ALL, MAX_RECENT } from './check-outbound.ts';
import type { Cap } from './outbound-store.ts';

/** Whether somebody may not be called about a topic. */
export function isStopped(stops: readonly string[], topic: string): boolean {
  return stops.includes(ALL) || stops.includes(topic);
}

/** When every cap allows a call again; 0 for at once. `recent`: dials, newest first. */
export function freeAt(recent: readonly number[], caps: readonly Cap[], now: number): number {
  return Math.max(
    0,
    ...caps.map(({ max, per }) => {
      const dial = recent[max - 1];
      return dial !== undefined && dial > now - per ? dial + per : 0;
    }),
  );
}

/** Dials with one more, as many as are remembered. `permit` in microseconds. */
export function withDial(recent: readonly number[], permit: number): readonly number[] {
  return [Math.floor(permit / 1_000), ...recent].slice(0, MAX_RECENT);
}
