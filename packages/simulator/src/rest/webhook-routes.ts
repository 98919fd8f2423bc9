import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isWebhookType, WEBHOOK_TYPES, type Webhook, type WebhookType } from '../registry/webhooks.ts';
import type { PlatformContext } from '../session/context.ts';
import { OK, replyError } from './replies.ts';

interface WebhookBody {
  readonly type?: unknown;
  readonly url?: unknown;
  readonly httpAuthHeader?: unknown;
  readonly enabled?: unknown;
  /** What a guide's sample calls `enabled`. */
  readonly active?: unknown;
}

/** `GET`, `POST …/webhooks` and `DELETE …/webhooks/{type}`. */
export function webhookRoutes(api: FastifyInstance, { webhooks, subAccountId }: PlatformContext): void {
  const list = (): Record<string, unknown> => ({ subAccountId, count: webhooks.all.length, webhooks: webhooks.all.map(describe), ...OK });

  api.get('/webhooks', () => list());

  api.post('/webhooks', (request, reply) => {
    const body = (request.body ?? {}) as WebhookBody;
    const problem = problemOf(body);
    if (problem !== null) return replyError(request, reply, 422, problem, -1001);
    webhooks.set(
      body.type as WebhookType,
      body.url as string,
      (body.httpAuthHeader ?? null) as string | null,
      (body.enabled ?? body.active ?? true) as boolean,
    );
    return list();
  });

  api.delete('/webhooks/:type', (request, reply) => remove(request, reply));

  function remove(request: FastifyRequest, reply: FastifyReply): unknown {
    const type = (request.params as { type: string }).type.toUpperCase();
    // The API's enum of what can be removed has no VNU.
    if (!isWebhookType(type) || type === 'VNU')
      return replyError(request, reply, 422, 'webhook-type should be one of: VCS,VCA,VSS,VRU', -1001);
    const removed = webhooks.remove(type);
    if (removed === null) return replyError(request, reply, 404, `Webhook not found by type : ${type}`);
    return { subAccountId, ...describe(removed), statusCode: 0, statusMessage: 'deleted' };
  }
}

function describe(webhook: Webhook): Record<string, unknown> {
  return { type: webhook.type, url: webhook.url.href, enabled: webhook.enabled, httpAuthHeaderAvailable: webhook.httpAuthHeader !== null };
}

function problemOf({ type, url, httpAuthHeader = null, enabled = null, active = null }: WebhookBody): string | null {
  if (!isWebhookType(type)) return `type should be one of: ${WEBHOOK_TYPES.join(',')}`;
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol))
    return 'url should be a valid http or https url';
  if (httpAuthHeader !== null && typeof httpAuthHeader !== 'string') return 'httpAuthHeader should be a string';
  const flag = enabled ?? active;
  return flag === null || typeof flag === 'boolean' ? null : 'enabled should be a boolean';
}
