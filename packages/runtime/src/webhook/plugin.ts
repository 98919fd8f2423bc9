import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { isForeign } from '../security/own-request.ts';
import { withSpan } from '../observe/tracing.ts';
import type { Calls } from '../calls/calls.ts';
import { WEBHOOK_KINDS, type WebhookKind } from '../payloads/kinds.ts';
import { parseWebhook, type UnreadableWebhook } from '../payloads/parse-webhook.ts';
import type { NumberWebhook, Webhook } from '../payloads/webhook.ts';
import type { SubAccounts } from './sub-accounts.ts';
import { toRecording, toStatus, toSummary, toVca } from './to-input.ts';
import type { Refusal, Sender, VerifySender } from './verify.ts';

/** Is told of webhooks, besides what becomes of calls. Never throws. */
export interface WebhookObserver {
  received(kind: WebhookKind | 'unknown', outcome: string, ms: number): void;
  /** `address`: where it came from. */
  refused(reason: Refusal, address: string): void;
  unreadable(webhook: UnreadableWebhook | null, error: unknown): void;
  /** A webhook names a subaccount that is not configured. It is answered like any other: behind it may be a caller. */
  foreign(webhook: Webhook): void;
  number(webhook: NumberWebhook): void;
}

/** Options of the webhook routes. */
export interface WebhookPluginOptions {
  readonly calls: Calls;
  /** Our own time, and ids for calls that begin. */
  readonly now: () => number;
  readonly mintId: (call: { readonly sessionId: string; readonly to: string }) => string;
  readonly observer: WebhookObserver;
  /** Says why a request can't come from 8x8; such a one gets 401. */
  readonly verify: VerifySender;
  readonly subAccounts: SubAccounts;
  /** Bytes. @default 1048576 */
  readonly bodyLimit?: number;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const PATH_KINDS: ReadonlySet<string> = new Set(WEBHOOK_KINDS);
type Route = { Params: { kind?: string } };

/**
 * `POST /webhooks/:kind?`. A VCA is answered with 200 and a callflow whatever fails; 401 is the only other status, for those that aren't 8x8.
 * Others are answered 200, or 503 where they could not be kept and should be sent again.
 */
export const webhookPlugin = fp(
  async (app: FastifyInstance, options: WebhookPluginOptions) => {
    await app.register(async (scope) => {
      // Bodies are read as text whatever their type says, so that a wrong header doesn't cut a caller off.
      scope.removeAllContentTypeParsers();
      // The usual type has an entry of its own only because Fastify finds it faster.
      scope.addContentTypeParser(
        ['application/json', '*'],
        { parseAs: 'string', bodyLimit: options.bodyLimit ?? 1_048_576 },
        (_request, body, done) => {
          done(null, body);
        },
      );
      scope.addHook('onRequest', (request, reply, done) => {
        // Fastify refuses a media type that it can't read before any parser is asked.
        request.headers['content-type'] = 'application/json';
        const refusal = options.verify(senderOf(request));
        if (refusal === null) {
          done();
          return;
        }
        refuse(options, request, reply, refusal);
      });
      scope.setErrorHandler<Error, Route>((error, request, reply) => sendFallback(options, request, reply, error));
      // With a slash at the end, too: whoever registers such a URL at 8x8 must not cut callers off by it.
      const ends = ignoresTrailingSlash(app) ? [''] : ['', '/'];
      for (const path of ['/webhooks', '/webhooks/:kind'].flatMap((bare) => ends.map((end) => `${bare}${end}`)))
        scope.post<Route>(path, (request, reply) => receive(options, request, reply));
    });
  },
  { name: 'hookswitch-webhooks', fastify: '5.x' },
);

/** Whether the host's router takes both forms of a path for one, and would find the second one taken. */
export function ignoresTrailingSlash({ initialConfig }: FastifyInstance): boolean {
  return initialConfig.routerOptions?.ignoreTrailingSlash ?? initialConfig.ignoreTrailingSlash ?? false;
}

/** Headers by which proxies and tunnels say that they passed a request on. */
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

function senderOf({ headers, ip, raw: { method = 'POST', url = '/' } }: FastifyRequest): Sender {
  return {
    authorization: headers.authorization,
    address: ip,
    forwarded: PASSED_ON.some((name) => headers[name] !== undefined),
    foreign: isForeign({ method, url, headers }),
  };
}

async function receive(options: WebhookPluginOptions, request: FastifyRequest<Route>, reply: FastifyReply): Promise<FastifyReply> {
  const began = performance.now();
  const fromPath = kindInPath(request);
  if (fromPath !== undefined && !PATH_KINDS.has(fromPath)) {
    return reply.code(404).send({
      error: 'not-found',
      message: `There are ${WEBHOOK_KINDS.map((kind) => `/webhooks/${kind}`).join(', ')}, and /webhooks for all of them.`,
    });
  }
  const text = typeof request.body === 'string' ? request.body : '';
  const parsed = parseWebhook(parseJson(text), (fromPath ?? null) as WebhookKind | null, {
    subAccountId: options.subAccounts.only,
  });
  if (!parsed.ok) return receiveUnreadable(options, reply, parsed, began);
  const { webhook } = parsed;
  if (webhook.subAccountId !== null) {
    options.subAccounts.saw(webhook.subAccountId);
    if (options.subAccounts.isForeign(webhook.subAccountId)) options.observer.foreign(webhook);
  }
  if (webhook.kind === 'vca') {
    const answer = await withSpan('hookswitch.webhook', { kind: 'vca' }, async (span) => {
      const { sessionId, to } = webhook;
      const result = await options.calls.answer(toVca(webhook, text, options.mintId({ sessionId, to: to ?? '' }), options.now()));
      span.set({ outcome: result.outcome });
      return result;
    });
    options.observer.received('vca', answer.outcome, performance.now() - began);
    return send(reply, 200, answer.body);
  }
  const outcome = await keep(options, webhook);
  options.observer.received(webhook.kind, outcome, performance.now() - began);
  return send(reply, outcome === 'not-stored' ? 503 : 200, '{}');
}

/** Keeps what isn't a VCA; `not-stored` asks the platform to send it again. */
async function keep(
  { calls, observer, subAccounts, now }: WebhookPluginOptions,
  webhook: Exclude<Webhook, { kind: 'vca' }>,
): Promise<string> {
  try {
    switch (webhook.kind) {
      case 'vss':
        return await calls.keep(toSummary(webhook, now()));
      case 'vcs':
        return await calls.keep(toStatus(webhook, now()));
      case 'vru':
        return await calls.keep(toRecording(webhook, now(), subAccounts.all));
      case 'vnu':
        observer.number(webhook);
        return 'stored';
    }
  } catch (error) {
    observer.unreadable(null, error);
    return 'not-stored';
  }
}

/** What can't be read may be a VCA with a caller behind it: it is answered like one, which does no harm to the others. */
function receiveUnreadable(options: WebhookPluginOptions, reply: FastifyReply, parsed: UnreadableWebhook, began: number): FastifyReply {
  options.observer.unreadable(parsed, null);
  options.observer.received(parsed.kind ?? 'unknown', parsed.reason, performance.now() - began);
  if (parsed.kind !== null && parsed.kind !== 'vca') return send(reply, 200, '{}');
  return send(reply, 200, options.calls.fallback('bad-request', parsed.reason).body);
}

function sendFallback(options: WebhookPluginOptions, request: FastifyRequest<Route>, reply: FastifyReply, error: Error): FastifyReply {
  const kind = kindInPath(request);
  // What has failed may be a hook of the host, which runs before ours: the sender was not looked at yet.
  const refusal = options.verify(senderOf(request));
  if (refusal !== null) return refuse(options, request, reply, refusal);
  const answered = answers.get(request);
  if (answered !== undefined) return sendPast(reply, ...answered);
  if (request.raw.destroyed && !request.raw.complete) {
    // The connection broke: nobody hears an answer, and the platform sends the webhook again.
    options.observer.received('unknown', 'aborted', 0);
    return reply.send();
  }
  options.observer.unreadable(null, error);
  options.observer.received('unknown', 'error', 0);
  if (kind !== undefined && kind !== 'vca') return sendPast(reply, PATH_KINDS.has(kind) ? 503 : 404, '{}');
  return sendPast(reply, 200, options.calls.fallback('bad-request', error).body);
}

function refuse({ observer }: WebhookPluginOptions, request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  observer.refused(refusal, request.ip);
  return reply.code(401).send({ error: 'unauthorized', reason: refusal });
}

/** Undefined for `/webhooks` itself. */
function kindInPath({ params }: FastifyRequest<Route>): string | undefined {
  return params.kind === undefined || params.kind === '' ? undefined : params.kind.toLowerCase();
}

/** What was answered, in case that a hook of the host fails on the way out. */
const answers = new WeakMap<FastifyRequest, readonly [status: number, body: string]>();

/** Answers with a text, which no serializer of the host touches. */
function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  answers.set(reply.request, [status, body]);
  return reply.code(status).header('content-type', JSON_TYPE).send(body);
}

/** Answers past all hooks, one of which has just failed: it would fail again, and the caller hear nothing. */
function sendPast(reply: FastifyReply, status: number, body: string): FastifyReply {
  reply.hijack();
  if (!reply.raw.headersSent) reply.raw.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(body) });
  reply.raw.end(body);
  return reply;
}

function parseJson(text: string): unknown {
  try {
    // Some servers send a byte order mark, which JSON doesn't know.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}
