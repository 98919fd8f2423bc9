/** Puts the timeline of a call together from the three places where its rows are. It reads, and never writes. */
import type { CallRecord, Store, TimelineRow } from '../store/store.ts';

/** Where servers of the release before keep what they are told of a session before they know its call. */
export function sessionTimeline(subAccountId: string, sessionId: string): string {
  return `session:${subAccountId}/${sessionId}`;
}

/** All rows of a call's timeline, in the order in which they came: what was told of its session, before it began and since, included. */
export async function callTimeline(store: Store, { id, subAccountId, sessionId }: CallRecord): Promise<readonly TimelineRow[]> {
  const own = store.timeline(id);
  if (sessionId === null) return own;
  const told = await Promise.all([store.timeline(sessionTimeline(subAccountId, sessionId)), store.inbox(subAccountId, sessionId), own]);
  // Sorting is stable: what came in the same millisecond stays as it stands in its list.
  return told
    .flat()
    .map(({ at, kind, data }) => ({ at, kind, data }))
    .sort((a, b) => a.at - b.at);
}
