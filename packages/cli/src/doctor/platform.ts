import { type PlatformClient, type Webhook, WEBHOOK_TYPES, type WebhookType } from '@hookswitch/runtime';
import type { HookswitchConfig } from '../config/define-config.ts';
import { subAccountsOf } from '../config/server-options.ts';
import { platformClients } from '../subaccounts.ts';
import { webhookUrls } from '../webhook-urls.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Without these a call is not answered, or never known to end. */
const NEEDED: readonly WebhookType[] = ['VCA', 'VSS'];

/** Whether 8x8 takes the keys, and its webhooks lead here. */
export async function* diagnosePlatform(config: HookswitchConfig): AsyncGenerator<Diagnosis> {
  if (subAccountsOf(config).length === 0) {
    yield {
      state: 'warning',
      about: '8x8',
      text: 'No subaccount is configured: no calls can be placed, and webhooks not be compared. Set HOOKSWITCH_SUBACCOUNT_ID and HOOKSWITCH_API_KEY.',
    };
    return;
  }
  for (const client of platformClients(config, undefined)) yield* diagnoseSubaccount(client, config);
}

async function* diagnoseSubaccount(client: PlatformClient, { publicUrl, webhookSecrets }: HookswitchConfig): AsyncGenerator<Diagnosis> {
  const about = '8x8';
  let registered: readonly Webhook[];
  try {
    registered = await client.webhooks.list();
  } catch (error) {
    yield { state: 'failure', about, text: `${client.subAccountId}: ${error instanceof Error ? error.message : String(error)}` };
    return;
  }
  if (publicUrl === undefined) {
    yield { state: 'ok', about, text: `${client.subAccountId}: the key is taken; without publicUrl the webhooks can't be compared` };
    return;
  }
  const urls = webhookUrls(publicUrl);
  const problems = WEBHOOK_TYPES.map((type) => problemWith(type, registered, urls[type], webhookSecrets !== undefined)).filter(
    (problem) => problem !== null,
  );
  for (const { type, text } of problems)
    yield {
      state: NEEDED.includes(type) ? 'failure' : 'warning',
      about,
      text: `${client.subAccountId}: ${type} ${text} Run: hookswitch webhooks set ${type.toLowerCase()}`,
    };
  if (problems.length === 0) yield { state: 'ok', about, text: `${client.subAccountId}: all webhooks lead to ${publicUrl}` };
}

function problemWith(
  type: WebhookType,
  registered: readonly Webhook[],
  url: string,
  hasSecret: boolean,
): { readonly type: WebhookType; readonly text: string } | null {
  const webhook = registered.find((candidate) => candidate.type === type);
  if (webhook === undefined) return { type, text: 'is not registered.' };
  // One webhook path for all kinds is right, too.
  if (webhook.url !== url && webhook.url !== url.replace(/\/[^/]+$/, ''))
    return { type, text: `leads to ${webhook.url ?? 'nowhere'}, not to ${url}.` };
  if (webhook.enabled === false) return { type, text: 'is switched off.' };
  return hasSecret && webhook.httpAuthHeaderAvailable === false
    ? { type, text: 'is sent without the secret, and would be refused.' }
    : null;
}
