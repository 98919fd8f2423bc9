import { fromTimelineRow } from '../observe/timeline.ts';
import type { SessionName, Summary } from '../calls/input.ts';
import { sessionTimeline } from '../calls/timeline.ts';
import type { Store } from '../store/store.ts';
import { parseWebhook } from '../payloads/parse-webhook.ts';
import { toSummary } from '../webhook/plugin.ts';

/** The summary of a session that a server of the release before was told of before it knew the session, as its timeline keeps it; null where none was. */
export async function earlySummary(store: Store, { subAccountId, sessionId }: SessionName): Promise<Summary | null> {
  for (const row of await store.timeline(sessionTimeline(subAccountId, sessionId))) {
    const event = row.kind === 'summary' ? fromTimelineRow(row) : null;
    if (event?.kind !== 'summary') continue;
    const parsed = parseWebhook(event.webhook, 'vss', { subAccountId });
    if (parsed.ok && parsed.webhook.kind === 'vss') return toSummary(parsed.webhook, row.at);
  }
  return null;
}
