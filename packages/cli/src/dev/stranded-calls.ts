import { randomUUID } from 'node:crypto';
import type { CallView } from '@hookswitch/console/inside';

/** Ends calls that live in the store but on no telephone: those of an earlier run. The platform that knew them has gone, so its summary is sent in its stead. */
export async function endStrandedCalls(url: string, token: string, living: () => ReadonlySet<string>): Promise<void> {
  const response = await fetch(`${url}/calls?status=live,ending&limit=500`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) return;
  const { calls } = (await response.json()) as { readonly calls: readonly CallView[] };
  // Asked after the list: a call that began meanwhile is known there.
  const alive = living();
  for (const call of calls) {
    if (call.sessionId === null || alive.has(call.sessionId)) continue;
    await fetch(`${url}/webhooks/vss`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(summaryOf(call)),
    });
  }
}

function summaryOf({ sessionId, subAccountId, startedAt }: CallView): unknown {
  return {
    namespace: 'VOICE',
    eventType: 'SESSION_SUMMARY',
    description: 'The platform simulator was stopped',
    payload: {
      eventId: randomUUID(),
      sessionId,
      subAccountId,
      sessionStatus: 'CANCELED',
      startTime: startedAt,
      endTime: new Date().toISOString(),
    },
  };
}
