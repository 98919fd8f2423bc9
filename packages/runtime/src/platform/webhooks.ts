import { optionSet, orNull, valueThat } from '@hookswitch/dsl/options';
import { PlatformArgumentError, type PlatformResponseError } from '../errors/index.ts';
import { checkArgument } from './client-options.ts';
import { booleanField, field, isJsonObject, type JsonObject, textField, without } from './fields.ts';
import { type Read, repeatable, type Target } from './repeatable.ts';
import type { Operation, RequestOptions, Send } from './send.ts';

/** The kinds of webhook: call action, session summary, call status, recording uploaded, number updated. A subaccount has at most one of each. */
export const WEBHOOK_TYPES = ['VCA', 'VSS', 'VCS', 'VRU', 'VNU'] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];
/** Those that can be removed: 8x8's OpenAPI does not list VNU there, which can be switched off with `enabled: false`. */
export const REMOVABLE_WEBHOOK_TYPES = ['VCS', 'VCA', 'VSS', 'VRU'] as const;
export type RemovableWebhookType = (typeof REMOVABLE_WEBHOOK_TYPES)[number];

/** A webhook as 8x8 has it. The value of its `httpAuthHeader` is never given back. Fields that are not listed are kept as they came. */
export interface Webhook {
  /** One of `WEBHOOK_TYPES`, or one that 8x8 has added since. */
  readonly type: string;
  readonly url: string | null;
  /** Null where 8x8 does not say. */
  readonly enabled: boolean | null;
  /** Whether 8x8 sends a header with it; null where it does not say. */
  readonly httpAuthHeaderAvailable: boolean | null;
  readonly [field: string]: unknown;
}

/** A webhook to register. */
export interface WebhookDefinition {
  readonly type: WebhookType;
  /** Where 8x8 posts to: an absolute http(s) URL. */
  readonly url: string;
  /** Value of the `Authorization` header that 8x8 sends along: the shared secret. @default none */
  readonly httpAuthHeader?: string | null;
  /** @default true */
  readonly enabled?: boolean | null;
}

/** What `WebhookDefinition` holds, with the defaults. */
export const WEBHOOK = optionSet(
  {
    type: { enum: WEBHOOK_TYPES },
    url: valueThat('an absolute http or https URL that 8x8 can reach from outside', isWebUrl),
    httpAuthHeader: orNull({
      ...{ type: 'string', pattern: '^[!-~]([ -~]*[!-~])?$', 'x-secret': true },
      'x-form': 'a header value: visible ASCII characters, spaces only between them',
    }),
    enabled: { ...orNull({ type: 'boolean' }), default: true },
  },
  { required: ['type', 'url'], 'x-form': 'an object with type and url' },
);

/** The webhooks of the subaccount. */
export interface WebhooksApi {
  /** All that are registered. */
  list(options?: RequestOptions): Promise<readonly Webhook[]>;
  /** Registers a webhook in place of the one of its type. Safe to repeat. */
  set(webhook: WebhookDefinition, options?: RequestOptions): Promise<Webhook>;
  /** Removes the webhook of a type that can be removed; gives back what 8x8 says of it, or null where it says nothing. Without one: `PlatformRejectedError` with `httpStatus` 404. */
  remove(type: RemovableWebhookType, options?: RequestOptions): Promise<Webhook | null>;
}

type Malformed = (path: string | null, problem: string) => PlatformResponseError;

/** Makes the `webhooks` part of the client. */
export function createWebhooks(send: Send, target: Target): WebhooksApi {
  return {
    async list(options) {
      const operation: Operation = { name: 'GET webhooks', method: 'GET', path: 'webhooks' };
      return send(
        operation,
        repeatable(target, operation, ({ body }, malformed) => readWebhooks(body, malformed)),
        options,
      );
    },
    async set(webhook, options) {
      const body = checkWebhook(webhook);
      const operation: Operation = { name: 'POST webhooks', method: 'POST', path: 'webhooks', body };
      const read: Read<Webhook> = (reply, malformed) => {
        const found = readWebhooks(reply.body, malformed).find(({ type }) => type === body.type);
        if (found === undefined) throw malformed('$.webhooks', `does not hold the ${body.type} webhook that was set.`);
        return found;
      };
      return send(operation, repeatable(target, operation, read), options);
    },
    async remove(type, options) {
      checkRemovable(type);
      const operation: Operation = { name: `DELETE webhooks/${type}`, method: 'DELETE', path: `webhooks/${type}` };
      const read: Read<Webhook | null> = ({ body }) => (isJsonObject(body) && textField(body, 'type') !== null ? readWebhook(body) : null);
      return send(operation, repeatable(target, operation, read, null), options);
    },
  };
}

/** A list, a list under `webhooks`, or a single webhook. */
function readWebhooks(body: unknown, malformed: Malformed): readonly Webhook[] {
  const listed = Array.isArray(body) ? body : isJsonObject(body) ? field(body, 'webhooks') : undefined;
  const rows = listed === undefined && isJsonObject(body) && textField(body, 'type') !== null ? [body] : listed;
  if (!Array.isArray(rows)) throw malformed('$.webhooks', 'must be a list.');
  return rows.map((row: unknown, index) => {
    if (!isJsonObject(row) || textField(row, 'type') === null) throw malformed(`$.webhooks[${index}].type`, 'is missing.');
    return readWebhook(row);
  });
}

function readWebhook(row: JsonObject): Webhook {
  const secretShown = textField(row, 'httpAuthHeader') !== null;
  return {
    ...without(row, 'httpAuthHeader', 'statusCode', 'statusMessage'),
    type: (textField(row, 'type') ?? '').toUpperCase(),
    url: textField(row, 'url'),
    enabled: booleanField(row, 'enabled', 'active'),
    httpAuthHeaderAvailable: secretShown || booleanField(row, 'httpAuthHeaderAvailable'),
  };
}

function checkWebhook(webhook: WebhookDefinition) {
  checkArgument('webhooks.set', WEBHOOK, webhook);
  const { type, url, httpAuthHeader = null, enabled = null } = webhook;
  return { type, url, ...(httpAuthHeader === null ? {} : { httpAuthHeader }), enabled: enabled ?? WEBHOOK.properties.enabled.default };
}

function checkRemovable(type: unknown): asserts type is RemovableWebhookType {
  if (type === 'VNU')
    throw new PlatformArgumentError(
      'webhooks.remove.type',
      "can not be VNU, which 8x8's API does not remove. Switch it off: webhooks.set with enabled: false.",
    );
  if (!REMOVABLE_WEBHOOK_TYPES.includes(type as RemovableWebhookType)) checkArgument('webhooks.remove.type', WEBHOOK.properties.type, type);
}

function isWebUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
