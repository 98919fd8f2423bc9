import http from 'node:http';
import https from 'node:https';
import { StringDecoder } from 'node:string_decoder';
import { errors, Pool, type Dispatcher } from 'undici';

/** One POST of JSON. */
export interface HttpPost {
  readonly url: URL;
  readonly body: string;
  /** Value of the `Authorization` header, or null for none. */
  readonly authorization: string | null;
  /** Milliseconds of real time until the answer must be complete. */
  readonly timeoutMs: number;
}

/** Why there was no answer. */
export type NoAnswer = 'timeout' | 'reset' | 'unreachable' | 'too-large';

/** What became of a POST: an answer, or none. `ms` is how long it took, of real time. */
export type HttpOutcome =
  | { readonly answered: true; readonly status: number; readonly body: string; readonly ms: number }
  | { readonly answered: false; readonly why: NoAnswer; readonly detail: string; readonly ms: number };

/** An answer longer than this is not read to its end: no callflow that can run is as long. */
const MAX_ANSWER_BYTES = 1_048_576;

/** A kept connection is given up after this long without use, unless the server promises to keep it longer: sooner than servers close theirs. */
const KEPT_FOR = 1_500;

/** Sends webhooks over connections that are kept open. */
export class HttpSender {
  readonly #connections: number;
  readonly #pools = new Map<string, Pool>();

  /** `connections` is how many are kept to one host, and so how many webhooks can be under way at once; further ones wait. */
  constructor(connections: number) {
    this.#connections = connections;
  }

  /** Sends and waits for the answer. Never rejects. */
  post(post: HttpPost): Promise<HttpOutcome> {
    return new Promise((resolve) => new Exchange(post, resolve).send(this.#poolOf(post.url.origin)));
  }

  /** Sends and cuts the connection before an answer can come: after half of the body, or after all of it. */
  async cut(post: HttpPost, where: 'half' | 'whole'): Promise<void> {
    const body = Buffer.from(post.body);
    await new Promise<void>((resolve) => {
      const { request: open } = post.url.protocol === 'https:' ? https : http;
      const request = open(post.url, { method: 'POST', agent: false, headers: { ...headersOf(post), 'content-length': body.length } });
      request.on('error', () => resolve());
      request.on('close', () => resolve());
      const destroy = (): void => void request.destroy();
      if (where === 'half') request.write(body.subarray(0, body.length >> 1), () => setImmediate(destroy));
      else request.end(body, () => setImmediate(destroy));
    });
  }

  /** Opens new connections from now on; those in use are closed when they are done. */
  renew(): void {
    for (const pool of this.#pools.values()) void pool.close();
    this.#pools.clear();
  }

  /** Closes all connections. */
  close(): void {
    for (const pool of this.#pools.values()) void pool.destroy();
    this.#pools.clear();
  }

  #poolOf(origin: string): Pool {
    const known = this.#pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, { connections: this.#connections, keepAliveTimeout: KEPT_FOR, headersTimeout: 0, bodyTimeout: 0 });
    this.#pools.set(origin, pool);
    return pool;
  }
}

/** One POST under way. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #post: HttpPost;
  readonly #resolve: (outcome: HttpOutcome) => void;
  readonly #began = performance.now();
  readonly #decoder = new StringDecoder('utf8');
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #settled = false;
  #status = 0;
  #text = '';

  constructor(post: HttpPost, resolve: (outcome: HttpOutcome) => void) {
    this.#post = post;
    this.#resolve = resolve;
    this.#timer = setTimeout(() => this.#giveUp('timeout', `no answer within ${post.timeoutMs} ms`), post.timeoutMs);
  }

  send(pool: Pool): void {
    const { url, body } = this.#post;
    pool.dispatch({ method: 'POST', path: url.pathname + url.search, body, headers: headersOf(this.#post) }, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new errors.RequestAbortedError());
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#text += this.#decoder.write(chunk);
    if (this.#text.length > MAX_ANSWER_BYTES) this.#giveUp('too-large', `the answer is longer than ${MAX_ANSWER_BYTES} characters`);
  }

  onResponseEnd(): void {
    this.#settle({ answered: true, status: this.#status, body: this.#text + this.#decoder.end(), ms: performance.now() - this.#began });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: NodeJS.ErrnoException): void {
    this.#fail(UNREACHABLE.has(error.code ?? '') ? 'unreachable' : 'reset', error.message);
  }

  #giveUp(why: NoAnswer, detail: string): void {
    this.#fail(why, detail);
    this.#controller?.abort(new errors.RequestAbortedError());
  }

  #fail(why: NoAnswer, detail: string): void {
    this.#settle({ answered: false, why, detail, ms: performance.now() - this.#began });
  }

  #settle(outcome: HttpOutcome): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#resolve(outcome);
  }
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function headersOf(post: HttpPost): Record<string, string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return post.authorization === null ? headers : { ...headers, authorization: post.authorization };
}
