import { fromTimelineRow } from '../observe/timeline.ts';
import { sessionTimeline } from '../session/call-timeline.ts';
import type { SessionSummaryEvent } from '../session/events.ts';
import type { SessionName } from '../session/settings.ts';
import type { Store } from '../store/store.ts';
import { parseWebhook } from '../webhook/parse/parse-webhook.ts';
import { toSummaryEvent } from '../webhook/to-event.ts';

/** The summary of a session that came before anybody knew the session, as its timeline keeps it; null where none did. */
export async function earlySummary(store: Store, { subAccountId, sessionId }: SessionName): Promise<SessionSummaryEvent | null> {
  for (const row of await store.timeline(sessionTimeline(subAccountId, sessionId))) {
    const event = row.kind === 'summary' ? fromTimelineRow(row) : null;
    if (event?.kind !== 'summary') continue;
    const parsed = parseWebhook(event.webhook, 'vss', { subAccountId });
    if (parsed.ok && parsed.webhook.kind === 'vss') return { ...toSummaryEvent(parsed.webhook), counted: true };
  }
  return null;
}
