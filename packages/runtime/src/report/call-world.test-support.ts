import type { Action, FlowModule } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import { type AppOptions, createApp } from '../app.ts';
import { sampleWith } from '../payloads/samples.test-support.ts';
import type { CallListView, CallReport } from './lines.ts';

export const TOKEN = 'a-long-enough-api-token';
const SUBACCOUNT = 'acme';

/** A server whose API is open to a test, and the platform's side of one call. */
export class CallWorld {
  readonly app: FastifyInstance;
  readonly answers: { readonly clientActionId?: string; readonly callflow: readonly Action[] }[] = [];
  #sessionId = 'session-1';

  /** Where the routes are that tell of calls. */
  protected readonly prefix: string = '';

  static async open(flow: FlowModule, options: Partial<AppOptions> = {}): Promise<CallWorld> {
    return new CallWorld(await CallWorld.serve(flow, options));
  }

  protected static serve(flow: FlowModule, options: Partial<AppOptions>): Promise<FastifyInstance> {
    return createApp({
      flows: [flow],
      store: 'memory',
      allowUnverified: true,
      apiTokens: [TOKEN],
      logLevel: 'silent',
      ...options,
    });
  }

  protected constructor(app: FastifyInstance) {
    this.app = app;
  }

  get sessionId(): string {
    return this.#sessionId;
  }

  /** A call comes in. */
  async received(sessionId = this.#sessionId, changes: Record<string, unknown> = {}): Promise<void> {
    this.#sessionId = sessionId;
    await this.#vca({ callStatus: 'CALL_RECEIVED', clientActionId: undefined, eventData: undefined, ...changes });
  }

  /** The callflow has run; `dtmf` is what was pressed. */
  async completed(dtmf: string | null = null, changes: Record<string, unknown> = {}): Promise<void> {
    await this.#vca({
      callStatus: 'ACTION_COMPLETED',
      clientActionId: this.answers.at(-1)?.clientActionId,
      eventData: { dtmf },
      ...changes,
    });
  }

  /** The session is over. */
  async over(changes: Record<string, unknown> = {}): Promise<void> {
    await this.#post(
      'vss',
      sampleWith('vss-bridge-answered', { sessionId: this.#sessionId, subAccountId: SUBACCOUNT, details: undefined, ...changes }),
    );
    // The end is answered first and applied then.
    while ((await this.call()).call.endedAt === null) await new Promise(setImmediate);
  }

  /** A route of the API. */
  async get<T>(path: string): Promise<T> {
    const response = await this.app.inject({ url: `${this.prefix}${path}`, headers: { authorization: `Bearer ${TOKEN}` } });
    return response.json<T>();
  }

  /** The newest call. */
  async call(): Promise<CallReport> {
    return this.get(`/calls/${await this.callId()}`);
  }

  async callId(): Promise<string> {
    const { calls } = await this.get<CallListView>('/calls');
    return calls[0]?.id ?? '';
  }

  async #vca(changes: Record<string, unknown>): Promise<void> {
    const body = sampleWith('vca-action-completed', {
      eventId: `event-${this.answers.length}-${this.#sessionId}`,
      sessionId: this.#sessionId,
      subAccountId: SUBACCOUNT,
      source: '+6590000001',
      destination: '+6560000000',
      timestamp: new Date().toISOString(),
      ...changes,
    });
    this.answers.push((await this.#post('vca', body)).json());
  }

  #post(kind: string, payload: object) {
    return this.app.inject({ method: 'POST', url: `/webhooks/${kind}`, payload });
  }
}
