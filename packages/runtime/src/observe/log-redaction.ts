import type { FastifyLogFn } from 'fastify';
import { isError, maskError, readField } from './mask-error.ts';
import { MASKED_KEYS } from './mask-keys.ts';
import { maskText } from './mask-text.ts';
import { maskLogged, type MaskPolicy, maskWebhook } from './redact.ts';

/** Settings of `createLogRedaction`. */
export interface LogRedactionOptions {
  /** Telephone numbers in logs: `+65••••21`, or as they came. What a caller pressed is always masked. @default 'mask' */
  readonly numbers?: MaskPolicy['numbers'];
}

/** Turns a logged value into what is written. */
type Serializer = (value: unknown) => Record<string, unknown>;

/** Part of pino's options. */
export interface LogRedaction {
  readonly serializers: Record<string, Serializer>;
  readonly formatters: { readonly log: (object: Record<string, unknown>) => Record<string, unknown> };
  readonly hooks: { readonly logMethod: (this: unknown, args: Parameters<FastifyLogFn>, method: FastifyLogFn) => void };
}

interface LoggedRequest {
  readonly method?: string;
  readonly url?: string;
  readonly host?: string;
  readonly ip?: string;
}

/** Names under which what came from outside, or what a flow logs, is logged: masked as a webhook is. */
const INBOUND = ['webhook', 'body', 'raw', 'payload', 'event', 'data'] as const;

/**
 * Pino options for Fastify's `logger`, with which nothing inbound reaches a log unredacted: bodies, headers and queries are not logged, errors are masked,
 * every logged field is masked by its name, and telephone numbers in messages are. Spread it into the logger's options.
 *
 * @example Fastify({ logger: { level: 'info', ...createLogRedaction() } })
 */
export function createLogRedaction(options: LogRedactionOptions = {}): LogRedaction {
  const numbers = options.numbers ?? 'mask';
  const inbound = (value: unknown): unknown => maskWebhook(value, { digits: 'mask', numbers });
  const text = (value: string): string => (numbers === 'mask' ? maskText(value, 'numbers', 'keep') : value);

  const request = (value: unknown): unknown => {
    const { method, url, host, ip } = Object(value) as LoggedRequest;
    // A query may hold numbers and tokens.
    return { method, url: text(String(url ?? '').replace(/\?.*$/s, '?…')), host, remoteAddress: ip };
  };
  const serializers = {
    req: request,
    res: (reply: unknown) => ({ statusCode: (Object(reply) as { readonly statusCode?: number }).statusCode }),
    err: (error: unknown) => (isError(error) ? maskError(error) : inbound(error)),
    ...Object.fromEntries(INBOUND.map((key) => [key, inbound])),
    // What is bound to a child logger passes serializers only.
    ...Object.fromEntries(MASKED_KEYS.map((key) => [key, (value: unknown) => maskLogged(value, numbers, key)])),
  };

  const fields = (object: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [key, Object.hasOwn(serializers, key) ? value : maskLogged(value, numbers, key)]),
    );

  return {
    // pino takes any value from a serializer; Fastify's types know of objects only.
    serializers: serializers as Record<string, Serializer>,
    formatters: { log: fields },
    hooks: {
      logMethod(args, method) {
        method.apply(this, maskArguments(args, numbers, text));
      },
    },
  };
}

/** The arguments of a log method with their texts masked; the first object is left to serializers and formatters. */
function maskArguments(
  args: Parameters<FastifyLogFn>,
  numbers: MaskPolicy['numbers'],
  text: (value: string) => string,
): Parameters<FastifyLogFn> {
  const [first, ...rest] = args as readonly unknown[];
  const masked = rest.map((value) => (typeof value === 'string' ? text(value) : maskLogged(value, numbers)));
  if (typeof first === 'string') return [text(first), ...masked] as Parameters<FastifyLogFn>;
  const error = errorOf(first);
  // pino, and Fastify's error handler, repeat the error's message as the message of the line.
  if (error !== null && (rest.length === 0 || rest[0] === undefined || rest[0] === readField(error, 'message')))
    masked[0] = maskError(error).message;
  return [first, ...masked] as Parameters<FastifyLogFn>;
}

function errorOf(value: unknown): Error | null {
  if (isError(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  const err = readField(value as Error, 'err');
  return isError(err) && readField(value as Error, 'msg') === undefined ? err : null;
}
