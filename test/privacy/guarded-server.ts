import { hookswitchConsole } from '@hookswitch/console';
import type { FlowModule } from '@hookswitch/dsl';
import { createApp, openStore } from '@hookswitch/runtime';
import type { FastifyInstance } from 'fastify';
import { ManualClock } from '../../packages/runtime/src/clock.test-support.ts';
import type { TraceSearch } from './traces.ts';

/** Tokens of digits, which are searched for in every form. */
export const TOKEN = '71940538261947305826';
/** Of somebody who may only look. */
export const READ_TOKEN = '38205917463820591746';
export const SECRET = 'Bearer a-secret-of-the-platform';
export const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');
const API = [
  '/calls',
  '/metrics',
  '/openapi.json',
  '/ready',
  '/console/api/calls',
  '/console/api/live',
  '/console/api/flows/vault',
  '/console/api/info',
  '/audit?limit=500',
  '/console/api/audit?limit=500',
];

interface CallSeen {
  readonly call: { readonly error: { readonly code: string } | null };
  readonly timeline: readonly { readonly kind: string }[];
}

/** A server of which everything is searched that it writes, but for its answers to the platform. */
export class GuardedServer {
  readonly app: FastifyInstance;
  readonly clock: ManualClock;
  /** Kinds of what the timelines tell, and codes of what went wrong. */
  readonly happened = new Set<string>();
  readonly #search: TraceSearch;
  #stream: AbortController | null = null;
  #streamed: Promise<void> = Promise.resolve();

  private constructor(app: FastifyInstance, clock: ManualClock, search: TraceSearch) {
    this.app = app;
    this.clock = clock;
    this.#search = search;
  }

  static async start(
    flow: FlowModule,
    store: string,
    search: TraceSearch,
    { showNumbers }: { readonly showNumbers: boolean },
  ): Promise<GuardedServer> {
    const clock = new ManualClock(Date.now());
    const app = await createApp({
      flows: [flow],
      extend: (app) => app.register(hookswitchConsole),
      // However busy the machine is, no operation takes that long.
      store: openStore(store, { postgres: { statementTimeout: 60_000 } }),
      clock,
      sessions: { budget: 1_000 },
      webhookSecrets: [SECRET],
      apiTokens: [TOKEN, `graphs:read:${READ_TOKEN}`],
      dataKeys: DATA_KEY,
      showNumbers,
      logLevel: 'trace',
      logStream: { write: (line) => search.look('log', line) },
      subAccounts: [{ id: 'guarded', apiKey: 'an-api-key-of-the-subaccount' }],
      platformFetch: (_url, init) => {
        const { clientRequestId } = JSON.parse(String(init?.body ?? '{}')) as { clientRequestId?: string };
        const body = { sessionId: `placed-${clientRequestId}`, sessionStatus: 'CREATED', statusCode: 1, statusMessage: 'Created' };
        return Promise.resolve(new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } }));
      },
    });
    const server = new GuardedServer(app, clock, search);
    await server.#listen();
    return server;
  }

  /** Searches what the API and the console show, of the newest calls as well. Gives their ids. */
  async look(newest: number): Promise<readonly string[]> {
    for (const path of API) await this.get(path);
    const { calls } = JSON.parse(await this.get(`/calls?limit=${newest}`)) as { calls: readonly { id: string }[] };
    for (const { id } of calls) {
      const { call, timeline } = JSON.parse(await this.get(`/calls/${id}`)) as CallSeen;
      for (const { kind } of timeline) this.happened.add(kind);
      if (call.error !== null) this.happened.add(call.error.code);
      for (const path of [`/calls/${id}/journal`, ...['', '/test', '/journal'].map((part) => `/console/api/calls/${id}${part}`)])
        await this.get(path);
    }
    return calls.map(({ id }) => id);
  }

  /** Asks for something that those with a token may see, and searches it. */
  async get(path: string): Promise<string> {
    const { body } = await this.app.inject({ url: path, headers: { authorization: `Bearer ${TOKEN}` } });
    this.#search.look(path.replace(/[0-9a-f-]{36}/, ':id'), body);
    return body;
  }

  async stop(): Promise<void> {
    this.#stream?.abort();
    await this.#streamed;
    await this.app.close();
  }

  /** Reads the console's stream for as long as the server runs. */
  async #listen(): Promise<void> {
    const url = await this.app.listen({ port: 0, host: '127.0.0.1' });
    this.#stream = new AbortController();
    const response = await fetch(`${url}/console/api/events`, {
      headers: { authorization: `Bearer ${TOKEN}` },
      signal: this.#stream.signal,
    });
    const read = async (): Promise<void> => {
      for await (const chunk of response.body ?? []) this.#search.look('console stream', Buffer.from(chunk as Uint8Array));
    };
    this.#streamed = read().catch(() => undefined);
  }
}
