import { WEBHOOK_TYPES, type WebhookType } from '@hookswitch/runtime';

/** Where 8x8 is to send each type of webhook. A path in `publicUrl` is kept. */
export function webhookUrls(publicUrl: string): Readonly<Record<WebhookType, string>> {
  const base = publicUrl.replace(/\/+$/, '');
  return Object.fromEntries(WEBHOOK_TYPES.map((type) => [type, `${base}/webhooks/${type.toLowerCase()}`])) as Record<WebhookType, string>;
}
