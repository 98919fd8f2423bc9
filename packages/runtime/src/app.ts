import Fastify, { type FastifyInstance, type FastifyLoggerOptions, type FastifyServerOptions, LogController } from 'fastify';
import type { PinoLoggerOptions } from 'fastify/types/logger.js';
import type { HookswitchOptions } from './assembly/options.ts';
import { createLogRedaction } from './observe/log-redaction.ts';
import { hookswitch } from './plugin.ts';
import { checkAddressListProxy } from './security/address-list.ts';
import { closeSilentConnectionsAtEnd } from './silent-connections.ts';

/** Options of a whole server. */
export interface AppOptions extends HookswitchOptions {
  /**
   * Needed for `allowedAddresses` behind a proxy: a list of proxies, or how many there are. A number trusts whoever connects, so that nobody but the proxies may
   * reach the port. @default false
   */
  readonly trustProxy?: FastifyServerOptions['trustProxy'] | number;
  /** Lowest level of log lines, or `silent`. @default 'info' */
  readonly logLevel?: string;
  /** Where log lines go, one JSON object each. @default the standard output */
  readonly logStream?: { write(line: string): void };
}

/** Milliseconds that a request may take to arrive; Fastify by itself waits for ever. Headers: 16 kB, Node's own limit. */
const REQUEST_TIME = 30_000;

/** Builds a server that is not listening yet. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { trustProxy = false, logLevel = 'info', logStream, ...rest } = options;
  if (rest.allowedAddresses !== undefined) checkAddressListProxy(trustProxy);
  const logger = {
    level: logLevel,
    ...createLogRedaction({ numbers: rest.showNumbers === true ? 'keep' : 'mask' }),
    ...(logStream === undefined ? {} : { stream: logStream }),
  };
  const app = Fastify({
    // Fastify itself reads no number any more, because it can't see whether the peer is a proxy.
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    // A caller on the line gets an answer also while the server shuts down.
    return503OnClosing: false,
    // A URL that was put together carelessly is no reason to cut callers off.
    routerOptions: { ignoreDuplicateSlashes: true },
    requestTimeout: REQUEST_TIME,
    logController: new LogController({ disableRequestLogging: true }),
    logger: logger as unknown as FastifyLoggerOptions & PinoLoggerOptions,
  });
  closeConnectionsAtEnd(app);
  closeSilentConnectionsAtEnd(app);
  await app.register(hookswitch, rest);
  return app;
}

/** A connection that a turn under way holds open while the server closes is closed with its answer; else it would keep the server for as long as its peer likes. */
function closeConnectionsAtEnd(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
}
