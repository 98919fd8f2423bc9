import { didYouMean } from '@hookswitch/dsl';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';

/** The types of webhooks. */
export const WEBHOOK_TYPES = ['VCA', 'VSS', 'VCS', 'VRU', 'VNU'] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** A webhook as it was registered. */
export interface Webhook {
  readonly type: WebhookType;
  readonly url: URL;
  /** What the platform sends as `Authorization`. */
  readonly httpAuthHeader: string | null;
  readonly enabled: boolean;
}

/** Where webhooks go: one URL for all types, or one per type; types without one are not sent. */
export type WebhookUrls = string | { readonly [Type in WebhookType]?: string | undefined };

/** The webhooks of the subaccount. */
export class WebhookRegistry {
  readonly #webhooks = new Map<WebhookType, Webhook>();

  /** Registers a webhook; a second one of a type takes the first one's place. Throws `SimulatorOptionError` for a URL that isn't http or https. */
  set(type: WebhookType, url: string, httpAuthHeader: string | null = null, enabled = true): Webhook {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (parsed === null || !/^https?:$/u.test(parsed.protocol)) {
      throw new SimulatorOptionError(`webhookUrls.${type}`, 'must be an http or https URL, such as "http://127.0.0.1:3000/webhooks".');
    }
    const webhook = { type, url: parsed, httpAuthHeader, enabled };
    this.#webhooks.set(type, webhook);
    return webhook;
  }

  /** Replaces all webhooks by these. */
  use(urls: WebhookUrls, httpAuthHeader: string | null): void {
    this.#webhooks.clear();
    for (const [type, url] of entries(urls)) this.set(type, url, httpAuthHeader);
  }

  /** The webhook of a type, unless it is missing or switched off. */
  active(type: WebhookType): Webhook | null {
    const webhook = this.#webhooks.get(type);
    return webhook?.enabled === true ? webhook : null;
  }

  get all(): readonly Webhook[] {
    return [...this.#webhooks.values()];
  }

  /** Removes and gives back a webhook, or null where there was none. */
  remove(type: WebhookType): Webhook | null {
    const webhook = this.#webhooks.get(type) ?? null;
    this.#webhooks.delete(type);
    return webhook;
  }
}

/** Tells the type of a webhook from any other value. */
export function isWebhookType(value: unknown): value is WebhookType {
  return WEBHOOK_TYPES.includes(value as WebhookType);
}

function entries(urls: WebhookUrls): readonly (readonly [WebhookType, string])[] {
  if (typeof urls === 'string') return WEBHOOK_TYPES.map((type) => [type, urls]);
  return Object.entries(urls).flatMap(([type, url]): [WebhookType, string][] => {
    if (!isWebhookType(type))
      throw new SimulatorOptionError(
        `webhookUrls.${type}`,
        `there is no such key. ${didYouMean(type, WEBHOOK_TYPES)}Known are ${WEBHOOK_TYPES.join(', ')}.`,
      );
    return url === undefined ? [] : [[type, url]];
  });
}
