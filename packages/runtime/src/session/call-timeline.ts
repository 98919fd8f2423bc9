import type { CallRecord, Store, TimelineRow } from '../store/store.ts';

/** Where the rows of a session stand that is no call of ours, or not yet: progress is often reported before the call itself. */
export function sessionTimeline(subAccountId: string, sessionId: string): string {
  return `session:${subAccountId}/${sessionId}`;
}

/** All rows of a call's timeline, those that came before the call included. */
export async function callTimeline(store: Store, { id, subAccountId, sessionId }: CallRecord): Promise<readonly TimelineRow[]> {
  const early = sessionId === null ? [] : await store.timeline(sessionTimeline(subAccountId, sessionId));
  return [...early, ...(await store.timeline(id))];
}
