import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { randomUUID } from 'node:crypto';
import type { Calls } from '../calls/calls.ts';
import type { CallsContext } from '../calls/context.ts';
import type { Recording, Status, Summary, Vca } from '../calls/input.ts';
import { readEcho } from '../calls/reply/answers.ts';
import type { Clock } from '../clock.ts';
import { parseExactJson } from '../payloads/values.ts';
import { type Metrics, withSpan } from '../observe/telemetry.ts';
import { bridgeResultOf } from '../payloads/bridge-result.ts';
import { WEBHOOK_KINDS, type WebhookKind } from '../payloads/kinds.ts';
import { parseWebhook, type SubAccounts, type UnreadableWebhook } from '../payloads/parse-webhook.ts';
import type {
  CallActionWebhook,
  CallStatusWebhook,
  NumberWebhook,
  RecordingWebhook,
  SessionSummaryWebhook,
  Webhook,
} from '../payloads/webhook.ts';
import { isForeign } from '../security/own-request.ts';
import type { Refusal, Sender, VerifySender } from '../security/sender.ts';

/** Is told of webhooks, besides what becomes of calls. Never throws. */
export interface WebhookObserver {
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
  readonly clock: Clock;
  /** @default none: calls are real */
  readonly rehearsal?: CallsContext['rehearsal'];
  readonly metrics: Pick<Metrics, 'received'>;
  readonly observer: WebhookObserver;
  /** Says why a request can't come from 8x8; such a one gets 401. */
  readonly verify: VerifySender;
  readonly subAccounts: SubAccounts;
  /** Bytes. */
  readonly bodyLimit: number;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const PATH_KINDS: ReadonlySet<string> = new Set(WEBHOOK_KINDS);
type Route = { Params: { kind?: string } };

/**
 * `POST /webhooks/:kind?`. A VCA is answered with 200 and a callflow whatever fails; 401 is the only other status, for those that aren't 8x8.
 * Others are answered 200, 413 where they are longer than `bodyLimit`, or 503 where they could not be kept and should be sent again.
 */
export const webhookPlugin = fp(
  async (app: FastifyInstance, options: WebhookPluginOptions) => {
    await app.register(async (scope) => {
      // Bodies are read as text whatever their type says, so that a wrong header doesn't cut a caller off.
      scope.removeAllContentTypeParsers();
      // The usual type has an entry of its own only because Fastify finds it faster.
      scope.addContentTypeParser(['application/json', '*'], { parseAs: 'string', bodyLimit: options.bodyLimit }, (_request, body, done) => {
        done(null, body);
      });
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
      // A document of the host's may be made by rules that ours is not.
      scope.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
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

/** Only what decides is looked at. */
function senderOf({ headers, ip, raw: { method = 'POST', url = '/' } }: FastifyRequest): Sender {
  return {
    authorization: headers.authorization,
    address: ip,
    get forwarded() {
      return PASSED_ON.some((name) => headers[name] !== undefined);
    },
    get foreign() {
      return isForeign({ method, url, headers });
    },
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
  const parsed = parseWebhook(parseExactJson(text), (fromPath ?? null) as WebhookKind | null, {
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
      const { rehearsal, clock } = options;
      const id = rehearsal === undefined ? randomUUID() : rehearsal.callId({ sessionId, to: to ?? '' });
      const result = await options.calls.answer(toVca(webhook, text, id, clock.now()));
      span.set({ outcome: result.outcome });
      return result;
    });
    options.metrics.received('vca', answer.outcome, performance.now() - began);
    return send(reply, 200, answer.body);
  }
  const outcome = await keep(options, webhook);
  options.metrics.received(webhook.kind, outcome, performance.now() - began);
  return send(reply, outcome === 'not-stored' ? 503 : 200, '{}');
}

/** Keeps what isn't a VCA; `not-stored` asks the platform to send it again. */
async function keep(
  { calls, observer, subAccounts, clock }: WebhookPluginOptions,
  webhook: Exclude<Webhook, { kind: 'vca' }>,
): Promise<string> {
  try {
    switch (webhook.kind) {
      case 'vss':
        return await calls.keep(toSummary(webhook, clock.now()));
      case 'vcs':
        return await calls.keep(toStatus(webhook, clock.now()));
      case 'vru':
        return await calls.keep(toRecording(webhook, clock.now(), subAccounts.all));
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
  options.metrics.received(parsed.kind ?? 'unknown', parsed.reason, performance.now() - began);
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
    options.metrics.received('unknown', 'aborted', 0);
    return reply.send();
  }
  options.observer.unreadable(null, error);
  options.metrics.received('unknown', 'error', 0);
  if (kind !== undefined && kind !== 'vca') {
    // It would be as long each time that it is sent.
    if ('code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return sendPast(reply, 413, tooLarge(options));
    return sendPast(reply, PATH_KINDS.has(kind) ? 503 : 404, '{}');
  }
  return sendPast(reply, 200, options.calls.fallback('bad-request', error).body);
}

function tooLarge({ bodyLimit }: WebhookPluginOptions): string {
  return JSON.stringify({
    error: 'too-large',
    message: `The webhook has more than ${bodyLimit} bytes, the server's bodyLimit. Raise it to take such ones.`,
  });
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

/** A VCA as an input. `text`: the body as it came; `id`: that of the call, should it begin with this; `at`: our own time. */
function toVca(webhook: CallActionWebhook, text: string, id: string, at: number): Vca {
  const { legCallId, sipCode, callDuration, callStatus } = webhook;
  return {
    kind: 'vca',
    at,
    id,
    subAccountId: webhook.subAccountId,
    sessionId: webhook.sessionId,
    eventId: webhook.eventId,
    // Only a call that comes in has no callflow to report of.
    status: callStatus === 'CALL_RECEIVED' ? 'received' : 'completed',
    direction: webhook.direction ?? 'inbound',
    from: webhook.from,
    to: webhook.to ?? '',
    fromCountry: webhook.fromCountry,
    toCountry: webhook.toCountry,
    sentAt: webhook.at,
    echo: readEcho(webhook.clientActionId),
    digits: webhook.dtmf.digits,
    digitsProblem: webhook.dtmf.problem,
    legId: legCallId,
    leg: callStatus === 'ACTION_COMPLETED' ? { legId: legCallId, sipCode, duration: callDuration } : null,
    text,
    raw: webhook.raw,
  };
}

/** A VSS as an input. */
export function toSummary(webhook: SessionSummaryWebhook, at: number): Summary {
  return {
    kind: 'summary',
    at,
    subAccountId: webhook.subAccountId,
    sessionId: webhook.sessionId,
    status: webhook.status,
    endedAt: webhook.endTime,
    clientRequestId: webhook.clientRequestId,
    errorCode: webhook.errorCode,
    errorMessage: webhook.errorMsg,
    bridge: bridgeResultOf(webhook, null) ?? null,
    webhook,
  };
}

/** A VCS as an input. */
function toStatus(webhook: CallStatusWebhook, at: number): Status {
  return { kind: 'status', at, subAccountId: webhook.subAccountId, sessionId: webhook.sessionId, webhook };
}

/** A VRU as an input; `subAccountIds`: those that it may be of where it names none. */
function toRecording(webhook: RecordingWebhook, at: number, subAccountIds: readonly string[]): Recording {
  const { subAccountId, sessionId } = webhook;
  return { kind: 'recording', at, subAccountIds: subAccountId === null ? subAccountIds : [subAccountId], sessionId, webhook };
}
