import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chart } from '@hookswitch/dsl';
import {
  type CallRequest,
  type Rehearsal,
  type RunningServer,
  type ServerOptions,
  type SessionSettings,
  startServer,
} from '@hookswitch/runtime';
import type { Platform, WebhookType } from '@hookswitch/simulator';
import type { HookswitchConfig } from '../config/define-config.ts';
import { serverOptions } from '../config/server-options.ts';
import { ServerRefusedError } from '../errors/server-refused-error.ts';
import { ServerUnreachableError } from '../errors/server-unreachable-error.ts';
import type { CliContext } from '../context.ts';
import type { LoadedFlow } from '../load/load-flows.ts';
import { serverApi } from '../server-api.ts';
import { HOLD_FOR } from './holds.ts';
import type { Mishaps } from './mishaps.ts';

/** How a simulated server is set up. */
export interface ServerSetup {
  readonly config: HookswitchConfig;
  readonly loaded: LoadedFlow;
  readonly chart: Chart;
  readonly subAccountId: string;
  readonly delivery: SessionSettings['delivery'];
  readonly logLevel: string;
  readonly logStream: ServerOptions['logStream'] | undefined;
  readonly rehearsal: Rehearsal;
  /** Whether the project's own hooks are called. */
  readonly ownHooks: boolean;
}

const TRIES = 20;
/** A caller waits for its signal as long as it takes: a server that starts again under load needs some seconds. */
const SIGNAL_TRIES = 200;

/** The server under test for one run: the real one on loopback, which can be restarted on its port. */
export class SimulatedServer {
  readonly #options: ServerOptions;
  readonly #token: string;
  readonly #context: CliContext;
  #running: RunningServer;
  #isOver = false;

  private constructor(options: ServerOptions, token: string, context: CliContext, running: RunningServer) {
    this.#options = options;
    this.#token = token;
    this.#context = context;
    this.#running = running;
  }

  /** Starts a server on `store`, and points `platform` to it. */
  static async start(
    setup: ServerSetup,
    store: string,
    platform: Platform,
    types: readonly WebhookType[],
    mishaps: Mishaps,
    context: CliContext,
  ): Promise<SimulatedServer> {
    const [secret, token] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    const options = optionsOf(setup, { store, secret, token, platformUrl: await platform.listen(), mishaps });
    const running = await startServer(options);
    platform.useWebhooks(Object.fromEntries(types.map((type) => [type, `${running.url}/webhooks/${type.toLowerCase()}`])), secret);
    return new SimulatedServer({ ...options, port: Number(new URL(running.url).port) }, token, context, running);
  }

  /** Has the server place a call. Safe to repeat: the request has an id. Throws what a refused call comes to. */
  async place(body: CallRequest): Promise<void> {
    const api = serverApi({ url: this.#running.url, token: this.#token }, {}, this.#context);
    for (let tries = 1; ; tries++) {
      try {
        const { status, error } = await api.placeCall(body);
        if (status === 'failed') throw new ServerRefusedError(api.url, 200, 'failed', error?.message ?? 'the call failed at once');
        return;
      } catch (error) {
        // It may be restarting.
        if (!(error instanceof ServerUnreachableError) || tries >= TRIES || this.#isOver) throw error;
        await sleep(50);
      }
    }
  }

  /**
   * Sends a signal to the call of a session, as often as it takes: the key names the request. What has ended meanwhile needs it no more. Throws what a refused signal
   * comes to.
   */
  async signal(sessionId: string, name: string, value: unknown, key: string): Promise<void> {
    const api = serverApi({ url: this.#running.url, token: this.#token }, {}, this.#context);
    for (let tries = 1; ; tries++) {
      try {
        return void (await api.signal(sessionId, name, value, key));
      } catch (error) {
        const refused = error instanceof ServerRefusedError ? error : null;
        if (refused?.error === 'HS_SIGNAL_CALL_OVER' || this.#isOver) return;
        const mayComeBack = error instanceof ServerUnreachableError || (refused !== null && refused.status >= 500);
        if (!mayComeBack || tries >= SIGNAL_TRIES) throw error;
        await sleep(50);
      }
    }
  }

  async restart(): Promise<void> {
    await this.#running.close();
    this.#running = await startServer(this.#options);
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#running.close();
  }
}

interface Own {
  readonly store: string;
  readonly secret: string;
  readonly token: string;
  readonly platformUrl: string;
  readonly mishaps: Mishaps;
}

function optionsOf(setup: ServerSetup, { store, secret, token, platformUrl, mishaps }: Own): ServerOptions {
  // What belongs to production stays there: its secrets, its hooks, where it is reached, whom it tells.
  const {
    publicUrl: _url,
    trustProxy: _proxy,
    allowedAddresses: _addresses,
    allowUnverified: _open,
    subAccounts: _subAccounts,
    subAccountId: _id,
    apiKey: _key,
    hooks,
    ...config
  } = setup.config;
  const { flow, file: _file, ...route } = setup.loaded;
  const options = serverOptions(config, [{ ...route, flow, default: true, chart: setup.chart }]);
  return {
    ...options,
    port: 0,
    host: '127.0.0.1',
    store,
    webhookSecrets: [secret],
    apiTokens: [token],
    dataKeys: config.dataKeys ?? randomBytes(32).toString('base64'),
    subAccounts: [{ id: setup.subAccountId, apiKey: 'simulated' }],
    platformUrl,
    logLevel: setup.logLevel,
    ...(setup.logStream === undefined ? {} : { logStream: setup.logStream }),
    sessions: { ...options.sessions, delivery: setup.delivery, holdFor: HOLD_FOR },
    hooks: mishaps.hooks(setup.ownHooks ? (hooks ?? {}) : {}),
    rehearsal: setup.rehearsal,
  };
}
