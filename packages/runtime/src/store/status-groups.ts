import type { CallStatus } from './store.ts';

/** Calls that are not over; partial indexes hold only them. */
export const OPEN: readonly CallStatus[] = ['pending', 'unknown', 'live', 'ending'];
/** Calls that count as live. */
export const LIVE: readonly CallStatus[] = ['live', 'ending'];
/** Outbound calls that may be without a session. */
export const UNNUMBERED: readonly CallStatus[] = ['pending', 'unknown'];

/** The words as they stand in SQL between brackets. A partial index serves only a query that repeats its condition literally. */
export function literals(statuses: readonly CallStatus[]): string {
  return statuses.map((status) => `'${status}'`).join(', ');
}
