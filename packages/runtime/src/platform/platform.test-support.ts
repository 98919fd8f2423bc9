import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { fetch, MockAgent } from 'undici';
import type { Clock } from '../clock.ts';
import { createPlatformClient, type PlatformClient } from './client.ts';
import type { PlatformClientOptions } from './client-options.ts';

export const KEY = 'k3y-S3CRET+abc/def==';
export const SUBACCOUNT = 'Acme_Hotel';

/** One answer of the pretended platform: HTTP status and JSON, or text sent as it is; an error is what the connection dies of. */
export type Answer =
  { readonly status?: number; readonly json?: unknown; readonly text?: string; readonly headers?: Record<string, string> } | Error;

/** What arrived at the pretended platform. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly json: unknown;
}

/** Waits pass at once and are noted; timeouts are held until `expire`. */
export class HandClock implements Clock {
  readonly waits: number[] = [];
  time = Date.UTC(2030, 0, 1);
  readonly #timeout: number;
  readonly #held = new Set<() => void>();

  constructor(timeout = 15_000) {
    this.#timeout = timeout;
  }
  now(): number {
    return this.time;
  }
  timer(ms: number, fire: () => void): () => void {
    if (ms === this.#timeout) {
      this.#held.add(fire);
      return () => this.#held.delete(fire);
    }
    this.waits.push(ms);
    this.time += ms;
    let cancelled = false;
    queueMicrotask(() => cancelled || fire());
    return () => (cancelled = true);
  }
  /** Lets every timeout run out. */
  expire(): void {
    for (const fire of [...this.#held]) fire();
  }
  /** Timers that were neither fired nor cancelled. */
  get open(): number {
    return this.#held.size;
  }
}

/** A client in front of a pretended platform that gives `answers` in this order, and what arrived there. */
export function against(...answers: readonly Answer[]) {
  return againstWith({}, ...answers);
}

/** As `against`, with further options. */
export function againstWith(options: Partial<PlatformClientOptions>, ...answers: readonly Answer[]) {
  const agent = new MockAgent();
  agent.disableNetConnect();
  onTestFinished(() => agent.close());
  const pool = agent.get('https://voice.8x8.com');
  const arrived: Arrived[] = [];
  for (const answer of answers) {
    const interceptor = pool.intercept({ path: () => true, method: () => true });
    if (answer instanceof Error) {
      interceptor.replyWithError(answer);
      continue;
    }
    interceptor.reply(({ method, path, headers, body }) => {
      const sent = typeof body === 'string' ? (JSON.parse(body) as unknown) : null;
      arrived.push({ method, path, headers: headers as Record<string, string>, json: sent });
      const data = answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
      return { statusCode: answer.status ?? 200, data, responseOptions: { headers: answer.headers ?? {} } };
    });
  }
  const clock = new HandClock();
  const client: PlatformClient = createPlatformClient({
    apiKey: KEY,
    subAccountId: SUBACCOUNT,
    fetch: (url, init) => fetch(url, { ...init, dispatcher: agent }),
    clock,
    random: () => 0.5,
    rateLimit: null,
    ...options,
  });
  return { client, arrived, clock };
}

/** What a promise was rejected with; a promise that resolves is a failure of the test. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => 'nothing was thrown',
    (error: unknown) => ({ error }),
  );
  return typeof outcome === 'string' ? outcome : outcome.error;
}

/** A raw server on loopback; `talk` gets every connection's first bytes. Gives its base URL. */
export async function loopback(talk: (socket: Socket) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => talk(socket));
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An error as Node's network layer makes it. */
export function networkError(fields: { code?: string; syscall?: string; message?: string }): Error {
  return Object.assign(new Error(fields.message ?? fields.code ?? 'it broke'), fields);
}

/** A callflow that 8x8 accepts. */
export const CALLFLOW = [
  { action: 'makeCall', params: { source: '+6531580000', destination: '+6591230000' } },
  { action: 'say', params: { text: 'Hello.', voiceProfile: 'en-US-ZiraRUS' } },
  { action: 'hangup' },
] as const;
