import { readFileSync } from 'node:fs';
import { checkCallflow, type FlowModule } from '@hookswitch/dsl';
import { createApp, createMemoryStore, type FlowSource, type Store } from '@hookswitch/runtime';
import type { FastifyInstance } from 'fastify';
import { type Delivery, NUMBERS, SAMPLE_TIME, SUBACCOUNT } from './mutated-webhook.ts';

const SECRET = 'Bearer a-secret-of-a-fuzzed-server';
const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');
/** Where a caller may be waiting for the answer. */
const CALL_ACTION = /^\/webhooks\/vca/i;
/** The server's default. */
const BODY_LIMIT = 1_048_576;
const KNOWN = /^\/webhooks(\/(vca|vss|vcs|vru|vnu))?(\?.*)?$/i;

/** What a storm of webhooks came to. */
export interface StormReport {
  readonly webhooks: number;
  /** By HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** By why a caller heard the fallback. */
  readonly fallbacks: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly logLines: number;
}

type Seen = { -readonly [Key in keyof StormReport]: StormReport[Key] extends number ? number : Record<string, number> };

/** A server of many flows in a storm of webhooks. Each delivery throws where it is answered as none may be. */
export class WebhookStorm {
  readonly #app: FastifyInstance;
  readonly #store: Store;
  readonly #seen: Seen;
  #failure: unknown = null;

  private constructor(app: FastifyInstance, store: Store, seen: Seen) {
    this.#app = app;
    this.#store = store;
    this.#seen = seen;
  }

  /** A server that answers the numbers of `NUMBERS`, in turn, by `flows`. */
  static async over(flows: readonly FlowModule[]): Promise<WebhookStorm> {
    const seen: Seen = { statuses: {}, fallbacks: {}, webhooks: 0, calls: 0, logLines: 0 };
    const store = createMemoryStore();
    let storm: WebhookStorm | null = null;
    const app = await createApp({
      flows: flows.map((flow, index): FlowSource => ({
        flow,
        numbers: NUMBERS.filter((_, at) => at % flows.length === index),
        default: index === 0,
      })),
      store,
      webhookSecrets: [SECRET],
      dataKeys: DATA_KEY,
      logLevel: 'trace',
      logStream: { write: () => void seen.logLines++ },
      clock: { now: () => SAMPLE_TIME, timer: () => () => undefined },
      hooks: {
        onFallback: (_call, reason, error) => {
          seen.fallbacks[reason] = (seen.fallbacks[reason] ?? 0) + 1;
          if (reason === 'internal') storm?.fail(error ?? reason);
        },
      },
    });
    storm = new WebhookStorm(app, store, seen);
    return storm;
  }

  /** Calls come in, mutated webhooks fly around them, and at the end each of them still gets an answer. */
  async blow(call: string, deliveries: readonly ((call: string) => Delivery)[]): Promise<void> {
    for (const session of [0, 1]) await this.#deliver(ordinary(call, session, 'CALL_RECEIVED'));
    for (const delivery of deliveries) await this.#deliver(delivery(call));
    for (const session of [0, 1, 2]) {
      await this.#deliver(ordinary(call, session, 'ACTION_COMPLETED'));
      if ((await this.#store.load({ subAccountId: SUBACCOUNT, sessionId: `${call}-${session}` })) !== null) this.#seen.calls++;
    }
  }

  get report(): StormReport {
    return structuredClone(this.#seen);
  }

  async close(): Promise<void> {
    await this.#app.close();
  }

  fail(error: unknown): void {
    this.#failure = error;
  }

  async #deliver({ path, headers, body, knowsSecret }: Delivery): Promise<void> {
    const authorization = knowsSecret ? { authorization: SECRET } : {};
    const reply = await this.#app.inject({ method: 'POST', url: path, payload: body, headers: { ...headers, ...authorization } });
    this.#seen.webhooks++;
    this.#seen.statuses[reply.statusCode] = (this.#seen.statuses[reply.statusCode] ?? 0) + 1;
    const isTooLong = body.length > BODY_LIMIT && !CALL_ACTION.test(path);
    const expected = !knowsSecret ? 401 : isTooLong ? 413 : KNOWN.test(path) ? 200 : 404;
    const what = `${path} with ${body.length} bytes beginning ${JSON.stringify(body.toString().slice(0, 300))}`;
    if (reply.statusCode !== expected) throw new Error(`${what} was answered ${reply.statusCode} ${reply.body}, not ${expected}`);
    if (this.#failure !== null) throw new Error(`${what} came to an internal failure`, { cause: this.#failure });
    if (expected !== 200) return;
    const isAnswer = CALL_ACTION.test(path) || reply.body !== '{}';
    const broken = isAnswer ? checkCallflow(JSON.parse(reply.body), { via: 'vca' }).filter(({ severity }) => severity === 'error') : [];
    if (broken.length > 0) throw new Error(`${what} was answered with a callflow that breaks ${JSON.stringify(broken)}: ${reply.body}`);
  }
}

function ordinary(call: string, session: number, callStatus: string): Delivery {
  const sample = JSON.parse(
    readFileSync(new URL('../../packages/runtime/fixtures/webhooks/vca-call-received.json', import.meta.url), 'utf8'),
  ) as { payload: object };
  const destination = NUMBERS[(call.length + session + call.charCodeAt(call.length - 1)) % NUMBERS.length];
  const payload = {
    ...sample.payload,
    sessionId: `${call}-${session}`,
    subAccountId: SUBACCOUNT,
    callStatus,
    destination,
    eventId: `${call}-${session}-${callStatus}`,
  };
  return {
    path: '/webhooks/vca',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...sample, payload }),
    knowsSecret: true,
  };
}
