import { optionSet, withDefaults } from '@hookswitch/dsl/options';
import type { FastifyInstance } from 'fastify';
import { APP_OPTIONS, type AppOptions, createApp } from './app.ts';
import { checkSchema } from './assembly/check-options.ts';
import { HOOKSWITCH_OPTIONS } from './assembly/options.ts';
import type { CallRequest, PlacedCall } from './assembly/place-call.ts';
import { ListenError } from './errors/listen-error.ts';
import { UnverifiedWebhooksError } from './errors/unverified-webhooks-error.ts';
import { isLoopback } from './security/address-list.ts';
import { closeOnSignals, SHUTDOWN_OPTIONS, type ShutdownOptions } from './shutdown.ts';

/** Options of a server that listens. */
export interface ServerOptions extends AppOptions, ShutdownOptions {
  /** 0..65535; 0 takes any port that is free. @default 3000 */
  readonly port?: number;
  /** Beyond loopback a webhook secret is required. @default '127.0.0.1' */
  readonly host?: string;
}

/** The schema of what `ServerOptions` has beside the options of app and shutdown. */
export const SERVER_OPTIONS = optionSet({
  port: { type: 'integer', minimum: 0, maximum: 65_535, default: 3_000 },
  host: { type: 'string', pattern: '\\S', 'x-form': 'a text', default: '127.0.0.1' },
});
const ALL_OPTIONS = optionSet(
  { ...HOOKSWITCH_OPTIONS.properties, ...APP_OPTIONS.properties, ...SHUTDOWN_OPTIONS.properties, ...SERVER_OPTIONS.properties },
  { required: HOOKSWITCH_OPTIONS.required },
);

/** A server that listens. */
export interface RunningServer {
  readonly app: FastifyInstance;
  /** Places a call, as `POST /calls` does; see `Hookswitch`. */
  placeCall(request: CallRequest): Promise<PlacedCall>;
  /** E.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  /** From now on `/ready` says no, and answers end their connections; webhooks are answered as before. */
  retire(): void;
  /** Closes the port at once, and finishes the turns under way. Safe to call twice. */
  close(): Promise<void>;
  /** Resolves when the server has closed, whoever closed it. */
  readonly closed: Promise<void>;
}

/**
 * Builds a server and listens. Throws `ListenError` where the port or host can't be had, `UnverifiedWebhooksError` where anybody could send webhooks from
 * outside, and what `createApp` throws.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  checkSchema(ALL_OPTIONS, options);
  const { port: _port, host: _host, grace: _grace, drain: _drain, ...rest } = options;
  const { port, host } = withDefaults<Required<ServerOptions>>(SERVER_OPTIONS, options);
  const exposure = exposureOf(options);
  if ((options.webhookSecrets ?? []).length === 0 && exposure !== null) throw new UnverifiedWebhooksError(exposure);
  const retiring = new AbortController();
  const signals = [retiring.signal, ...(rest.retiring === undefined ? [] : [rest.retiring])];
  const app = await createApp({ ...rest, retiring: AbortSignal.any(signals) });
  try {
    const url = await app.listen({ port, host });
    const closed = new Promise<void>((resolve) => {
      // The port is free before the store is closed: a second close waits for the first.
      app.server.once('close', () => void app.close().then(resolve, resolve));
    });
    return {
      app,
      url,
      placeCall: (request) => app.hookswitch.placeCall(request),
      retire: () => retiring.abort(),
      close: () => app.close(),
      closed,
    };
  } catch (error) {
    await app.close();
    throw new ListenError(host, port, error);
  }
}

/** Starts a server that closes by itself when the process is told to end: it drains after `SIGTERM`, finishes the turns under way, and then the process ends. */
export async function runServer(options: ServerOptions): Promise<RunningServer> {
  const server = await startServer(options);
  void closeOnSignals(server, options, options.clock);
  return server;
}

/** Through what others could reach a server; null where only this machine can. */
export function exposureOf({
  host = SERVER_OPTIONS.properties.host.default,
  publicUrl,
  trustProxy,
}: Pick<ServerOptions, 'host' | 'publicUrl' | 'trustProxy'>): 'host' | 'proxy' | null {
  if (!isLocalHost(host)) return 'host';
  const isPublic = publicUrl !== undefined && !(URL.canParse(publicUrl) && isLocalHost(new URL(publicUrl).hostname));
  const isBehindProxy = trustProxy !== undefined && trustProxy !== false && trustProxy !== 0;
  return isPublic || isBehindProxy ? 'proxy' : null;
}

function isLocalHost(host: string): boolean {
  return host === 'localhost' || isLoopback(host);
}
