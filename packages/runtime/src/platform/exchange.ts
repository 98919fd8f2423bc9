import { parseExactJson } from '../payloads/values.ts';
import type { Clock } from '../clock.ts';
import type { UnreachableReason } from '../errors/index.ts';
import { isJsonObject, type JsonObject, numberField, textField } from './fields.ts';
import { readFailure } from './network-failure.ts';
import type { PlatformFetch, PlatformFetchResponse, PlatformRequestInit } from './platform-fetch.ts';
import { type Redact, type SafeCause, safeCause } from './redact.ts';
import { parseRetryAfter } from './retry-after.ts';

/** An answer of the platform, or of something in front of it. */
export interface Reply {
  readonly kind: 'reply';
  readonly httpStatus: number;
  /** The body where it is a JSON object or list, else null. */
  readonly body: JsonObject | readonly unknown[] | null;
  /** What the body is, in words, for messages. */
  readonly form: 'JSON' | 'empty' | 'not a JSON object';
  /** 8x8's status code of the body, also where it is written as text. */
  readonly statusCode: number | null;
  /** Redacted. */
  readonly statusMessage: string | null;
  /** Milliseconds. */
  readonly retryAfter: number | null;
}

/** No (complete) answer. */
export interface Failure {
  readonly kind: 'failure';
  readonly reason: UnreachableReason;
  /** True only where no byte of the request can have left. */
  readonly nothingSent: boolean;
  readonly cause: SafeCause;
}

/** How one attempt ended. */
export type Exchange = Reply | Failure;

/** What one attempt needs besides the request. */
export interface ExchangeTools {
  readonly fetch: PlatformFetch;
  /** Milliseconds until the last byte is read. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly redact: Redact;
}

/** Sends one request once and reads the whole answer. Never throws. */
export async function exchange(
  tools: ExchangeTools,
  url: string,
  init: Omit<PlatformRequestInit, 'signal' | 'redirect'>,
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  const controller = new AbortController();
  let stopped: 'timeout' | 'aborted' | null = null;
  let giveUp: (reason: DOMException) => void = () => {};
  // Not every `fetch` that is handed in heeds its signal: the request is given up here, too.
  const givenUp = new Promise<never>((_resolve, reject) => (giveUp = reject));
  const end = (why: 'timeout' | 'aborted') => {
    stopped ??= why;
    const reason = new DOMException(`The request ended: ${why}.`, why === 'timeout' ? 'TimeoutError' : 'AbortError');
    controller.abort(reason);
    giveUp(reason);
  };
  const onAbort = () => end('aborted');
  const cancelTimeout = tools.clock.timer(tools.timeout, () => end('timeout'));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const request = async () => {
      const response = await tools.fetch(url, { ...init, redirect: 'manual', signal: controller.signal });
      return readReply(tools, response, await response.text());
    };
    return await Promise.race([request(), givenUp]);
  } catch (thrown) {
    const failure = stopped === null ? readFailure(thrown) : { reason: stopped, nothingSent: false };
    return { kind: 'failure', ...failure, cause: safeCause(thrown, tools.redact) };
  } finally {
    cancelTimeout();
    signal?.removeEventListener('abort', onAbort);
  }
}

function readReply(tools: ExchangeTools, response: PlatformFetchResponse, text: string): Reply {
  const { body, form } = readBody(text);
  const envelope = isJsonObject(body) ? body : {};
  const statusMessage = textField(envelope, 'statusMessage', 'message');
  return {
    kind: 'reply',
    httpStatus: response.status,
    body,
    form,
    statusCode: numberField(envelope, 'statusCode', 'code'),
    statusMessage: statusMessage === null ? null : tools.redact(statusMessage),
    retryAfter: parseRetryAfter(response.headers.get('retry-after'), response.headers.get('date'), tools.clock.now()),
  };
}

function readBody(text: string): Pick<Reply, 'body' | 'form'> {
  if (text.trim() === '') return { body: null, form: 'empty' };
  const body = parseExactJson(text);
  return isJsonObject(body) || Array.isArray(body) ? { body, form: 'JSON' } : { body: null, form: 'not a JSON object' };
}
