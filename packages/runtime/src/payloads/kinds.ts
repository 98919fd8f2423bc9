import { foldKey } from './values.ts';

/** The webhooks of the 8x8 Voice API: call action, session summary, call status, recording uploaded, virtual number updated. */
export const WEBHOOK_KINDS = ['vca', 'vss', 'vcs', 'vru', 'vnu'] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** Tells the name of a webhook kind from any other value. */
export function isWebhookKind(value: unknown): value is WebhookKind {
  return (WEBHOOK_KINDS as readonly unknown[]).includes(value);
}

const BY_EVENT_TYPE: ReadonlyMap<string, WebhookKind> = new Map([
  ['callaction', 'vca'],
  ['vca', 'vca'],
  ['callstatus', 'vcs'],
  ['vcs', 'vcs'],
  ['sessionsummary', 'vss'],
  ['vss', 'vss'],
  ['callrecordingstatus', 'vru'],
  ['vru', 'vru'],
  ['virtualnumberupdate', 'vnu'],
  ['vnu', 'vnu'],
]);

/**
 * The kind that `eventType` names, or null. `CALL_STATUS` is a call action only with `ACTION_COMPLETED`: an older guide of 8x8 shows actions under this name,
 * and telling what was done is all that the two could be confused by.
 */
export function kindOfEvent(eventType: string | null, callStatus: string | null): WebhookKind | null {
  const kind = eventType === null ? null : (BY_EVENT_TYPE.get(foldKey(eventType)) ?? null);
  return kind === 'vcs' && callStatus === 'ACTION_COMPLETED' ? 'vca' : kind;
}
