import type { Clock } from '@hookswitch/runtime';
import type { FastifyReply } from 'fastify';

/** How often a comment keeps proxies from closing a quiet stream, ms. */
const HEARTBEAT = 15_000;
/** Bytes that wait for a page that doesn't read; beyond, it is cut off and comes back. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
/** How soon a page comes back, ms. */
const RETRY = 1_000;

const STREAM_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** Is told when the first page begins to listen, and when the last one has stopped: nothing is made ready for nobody. */
export interface Listening {
  begin(): void;
  end(): void;
}

/** Server-sent events to every page that listens. */
export class EventStreams {
  readonly #open = new Set<FastifyReply['raw']>();
  readonly #clock: Clock;
  readonly #listening: Listening | null;
  #cancelBeat: (() => void) | null = null;
  #isClosed = false;

  constructor(clock: Clock, listening: Listening | null = null) {
    this.#clock = clock;
    this.#listening = listening;
  }

  /** How many pages listen. */
  get size(): number {
    return this.#open.size;
  }

  /** Answers a request with a stream that begins with `first`; with 503 once all were ended, since a page comes back at once and would keep the server from closing. */
  open(reply: FastifyReply, first: { readonly event: string; readonly data: unknown }, headers: Readonly<Record<string, string>>): void {
    if (this.#isClosed) {
      void reply.code(503).send({ error: 'closing', message: 'The server is closing.' });
      return;
    }
    const { raw, request } = reply;
    if (request.method === 'HEAD') {
      void reply.headers({ ...headers, ...STREAM_HEADERS }).send();
      return;
    }
    reply.hijack();
    raw.on('close', () => {
      if (this.#open.delete(raw) && this.#open.size === 0) this.#rest();
    });
    raw.on('error', () => raw.destroy());
    raw.writeHead(200, {
      ...headers,
      ...STREAM_HEADERS,
      // Nothing else is to come over this connection when the stream has ended; HTTP/2 has no such header.
      ...(request.raw.httpVersionMajor > 1 ? {} : { connection: 'close' }),
    });
    raw.write(`retry: ${RETRY}\n\n${format(first.event, first.data)}`);
    this.#open.add(raw);
    if (this.#cancelBeat !== null) return;
    this.#beat();
    this.#listening?.begin();
  }

  send(event: string, data: unknown): void {
    if (this.#open.size > 0) this.#write(format(event, data));
  }

  /** Ends all streams, and begins no more. */
  close(): void {
    this.#isClosed = true;
    if (this.#open.size === 0) return;
    for (const raw of this.#open) raw.end();
    this.#open.clear();
    this.#rest();
  }

  #rest(): void {
    this.#cancelBeat?.();
    this.#cancelBeat = null;
    this.#listening?.end();
  }

  #beat(): void {
    this.#cancelBeat = this.#clock.timer(HEARTBEAT, () => {
      this.#write(':\n\n');
      this.#beat();
    });
  }

  #write(text: string): void {
    for (const raw of this.#open) {
      if (raw.writableLength > MAX_WAITING_BYTES) raw.destroy();
      else raw.write(text);
    }
  }
}

function format(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
