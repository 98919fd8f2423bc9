import Fastify from 'fastify';
import { afterEach } from 'vitest';
import { createPlatform, type Platform } from './platform.ts';
import type { PlatformOptions } from './platform-options.ts';

/** The payload of a webhook, as a hand-written server reads it. */
export interface Received {
  readonly eventType: string;
  readonly version?: number;
  readonly headers: Record<string, unknown>;
  readonly raw: string;
  readonly payload: Record<string, unknown> & {
    readonly eventId: string;
    readonly sessionId: string;
    readonly callId: string;
    readonly callStatus: string;
    readonly clientActionId?: string;
    readonly eventData?: { readonly dtmf?: string | null };
  };
}

/** What the server answers to a VCA: a body, or a status with one. */
export type Answer = object | string | { readonly status: number; readonly body: unknown };

/** A small webhook server, written by hand. */
export interface WebhookServer {
  readonly url: string;
  readonly received: Received[];
  /** Bodies of one kind: `CALL_ACTION`, `SESSION_SUMMARY` … */
  of(eventType: string): Received[];
  close(): Promise<void>;
}

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Serves webhooks on loopback; everything but a VCA is answered with an empty 200. Closed after the test. */
export async function serveWebhooks(answer: (event: Received) => Answer | Promise<Answer>): Promise<WebhookServer> {
  const received: Received[] = [];
  const app = Fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/*', async (request, reply) => {
    const raw = request.body as string;
    const event = { ...(JSON.parse(raw) as Received), headers: request.headers, raw };
    received.push(event);
    const isQuestion = event.eventType === 'CALL_ACTION' || request.url.endsWith('/vca');
    if (!isQuestion) return reply.send();
    const answered = await answer(event);
    if (typeof answered === 'string') return reply.type('application/json').send(answered);
    if ('status' in answered) return reply.code(answered.status).type('application/json').send(JSON.stringify(answered.body));
    return reply.type('application/json').send(JSON.stringify(answered));
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  closers.push(() => app.close());
  return { url, received, of: (eventType) => received.filter((event) => event.eventType === eventType), close: () => app.close() };
}

/** A platform in virtual time whose speech takes none. Closed after the test. */
export function simulate(server: WebhookServer | null, options: PlatformOptions = {}): Platform {
  const behaviour = { ...options.behaviour, capture: { msPerCharacter: 0, ...options.behaviour?.capture } };
  const webhookUrls = options.webhookUrls ?? (server === null ? {} : server.url);
  const platform = createPlatform({ clock: 'virtual', seed: 1, ...options, webhookUrls, behaviour });
  closers.push(() => platform.close());
  return platform;
}

export const VOICE = 'en-US-ZiraRUS';

/** A `say`. */
export function say(text: string): object {
  return { action: 'say', params: { text, voiceProfile: VOICE } };
}

/** A capture of one digit, tried once. */
export function ask(promptMessage: string, params: object = {}): object {
  const one = { minDigits: 1, maxDigits: 1, completeOnHash: false, digitTimeout: 5000, overallTimeout: 5000, noOfTries: 1 };
  return { action: 'sayAndCapture', params: { promptMessage, voiceProfile: VOICE, ...one, ...params } };
}

/** A `makeCall`. */
export function makeCall(destination = '+6531589338', source = '+6568332048'): object {
  return { action: 'makeCall', params: { source, destination } };
}

export const hangup = { action: 'hangup' };

/** An answer of these actions. */
export function answer(...callflow: readonly object[]): { callflow: readonly object[] } {
  return { callflow };
}

/** The digits that a VCA tells. */
export function digitsOf(event: Received): string | null | undefined {
  return event.payload.eventData?.dtmf;
}

/** A server with one menu: 1 is answered with "One" and the end, everything else with "Other" and the menu again. */
export function menuServer(): Promise<WebhookServer> {
  return serveWebhooks((event) => {
    if (event.payload.callStatus === 'CALL_RECEIVED') return { clientActionId: 'menu', ...answer(say('Welcome'), ask('Press one')) };
    return digitsOf(event) === '1' ? answer(say('One'), hangup) : { clientActionId: 'menu', ...answer(say('Other'), ask('Press one')) };
  });
}
