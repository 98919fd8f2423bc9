import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { type AppOptions, createApp } from './app.ts';
import { ListenError } from './errors/listen-error.ts';
import { UnverifiedWebhooksError } from './errors/unverified-webhooks-error.ts';
import { isLoopback } from './security/address-list.ts';

/** Options of a server that listens. */
export interface ServerOptions extends AppOptions {
  /** 0..65535; 0 takes any port that is free. @default 3000 */
  readonly port?: number;
  /** Beyond loopback a webhook secret is required. @default '127.0.0.1' */
  readonly host?: string;
  /** Milliseconds that turns under way may take when the process is told to end. @default 15000 */
  readonly grace?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly app: FastifyInstance;
  /** E.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Finishes the turns under way and closes. Safe to call twice. */
  close(): Promise<void>;
  /** Resolves when the server has closed, whoever closed it. */
  readonly closed: Promise<void>;
}

const DEFAULT_GRACE = 15_000;

/**
 * Builds a server and listens. Throws `ListenError` where the port or host can't be had, `UnverifiedWebhooksError` where anybody could send webhooks from
 * outside, and what `createApp` throws.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { port = 3000, host = '127.0.0.1', grace: _grace, ...rest } = options;
  const exposure = exposureOf(options);
  if ((options.webhookSecrets ?? []).length === 0 && exposure !== null) throw new UnverifiedWebhooksError(exposure);
  const app = await createApp(rest);
  try {
    const url = await app.listen({ port, host });
    const closed = new Promise<void>((resolve) => {
      // The port is free before the store is closed: a second close waits for the first.
      app.server.once('close', () => void app.close().then(resolve, resolve));
    });
    return { app, url, close: () => app.close(), closed };
  } catch (error) {
    await app.close();
    throw new ListenError(host, port, error);
  }
}

/** Starts a server that closes by itself when the process is told to end: turns under way are finished first, then the process ends. */
export async function runServer(options: ServerOptions): Promise<RunningServer> {
  const server = await startServer(options);
  void closeOnSignals(server, options.grace);
  return server;
}

/**
 * Closes `server` when the process gets a signal or an error that nobody caught: turns under way may take `grace` milliseconds. The process ends with 0 after a
 * signal and with 1 after an error, a second signal or a grace that ran out. Resolves when the server has closed, also when it was closed otherwise.
 */
export async function closeOnSignals(server: RunningServer, grace: number = DEFAULT_GRACE): Promise<void> {
  const listeners = closeWithGrace({ delay: grace, logger: false }, async ({ err, signal }) => {
    if (err !== undefined) server.app.log.fatal({ err }, 'closing after an error that nobody caught');
    else server.app.log.info({ signal }, 'closing');
    await server.close();
  });
  await server.closed;
  listeners.uninstall();
}

/** Through what others could reach a server; null where only this machine can. */
export function exposureOf({
  host = '127.0.0.1',
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
