import { FUNCTION, optionSet, valueThat, withDefaults } from '@hookswitch/dsl/options';
import Fastify, { type FastifyInstance, type FastifyLoggerOptions, type FastifyServerOptions, LogController } from 'fastify';
import type { PinoLoggerOptions } from 'fastify/types/logger.js';
import { checkSchema } from './assembly/check-options.ts';
import { HOOKSWITCH_OPTIONS, type HookswitchOptions } from './assembly/options.ts';
import { endConnections } from './connections.ts';
import { type LineStream, standardLines } from './observe/log-output.ts';
import { createLogRedaction } from './observe/log-redaction.ts';
import { safeLog } from './observe/safe-log.ts';
import { hookswitch } from './plugin.ts';
import { checkAddressListProxy, proxyTrust } from './security/address-list.ts';

/** Options of a whole server. */
export interface AppOptions extends HookswitchOptions {
  /**
   * Needed for `allowedAddresses` behind a proxy: a list of proxies, or how many there are. A number trusts whoever connects, so that nobody but the proxies may
   * reach the port. @default false
   */
  readonly trustProxy?: NonNullable<FastifyServerOptions['trustProxy']> | number;
  /** Milliseconds that a connection is kept which nobody uses: longer than the proxy in front of the server keeps it. @default 620000 */
  readonly keepAliveTimeout?: number;
  /** Lowest level of log lines, or `silent`. @default 'info' */
  readonly logLevel?: string;
  /**
   * Where log lines go, one JSON object each. Lines that it does not take, because it throws, fails or is read too slowly, are dropped and counted: calls never wait for
   * their log. @default the standard output
   */
  readonly logStream?: LineStream;
  /** Adds to the server, once `app.hookswitch` is there, e.g. the console: `(app) => app.register(hookswitchConsole)`. May be async. @default nothing */
  readonly extend?: (app: FastifyInstance) => void | PromiseLike<unknown>;
}

const TEXT = { type: 'string', pattern: '\\S' } as const;

/** The schema of what `AppOptions` has beside the options of the plugin. */
export const APP_OPTIONS = optionSet({
  trustProxy: {
    anyOf: [{ type: 'integer', minimum: 0 }, { type: 'array', items: TEXT, minItems: 1 }, TEXT, { type: 'boolean' }, FUNCTION],
    'x-form': 'a number of proxies, or a list of their addresses',
    default: false,
  },
  // Longer than common proxies keep a connection that nobody uses (Google's balancer 600 s, Caddy 120 s, Traefik 90 s, AWS and nginx 60 s): where the server closed
  // it first, a webhook that is sent at that moment would get no answer.
  keepAliveTimeout: { type: 'integer', minimum: 1_000, maximum: 86_400_000, default: 620_000 },
  logLevel: { enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], default: 'info' },
  logStream: valueThat('a stream that has write()', (value) => typeof (value as LineStream | null)?.write === 'function'),
  extend: FUNCTION,
});
/** All options of `createApp`, so that a key that is misspelt finds its neighbour. */
const ALL_OPTIONS = optionSet({ ...HOOKSWITCH_OPTIONS.properties, ...APP_OPTIONS.properties }, { required: HOOKSWITCH_OPTIONS.required });

/** Milliseconds that a request may take to arrive; Fastify by itself waits for ever. Headers: 16 kB, Node's own limit. */
const REQUEST_TIME = 30_000;

/** Builds a server that is not listening yet. Throws `ConfigError` where an option is not what it may be. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  checkSchema(ALL_OPTIONS, options);
  const { trustProxy: _proxy, keepAliveTimeout: _timeout, logLevel: _level, logStream, extend, ...rest } = options;
  const { trustProxy, keepAliveTimeout, logLevel } = withDefaults<Required<AppOptions>>(APP_OPTIONS, options);
  if (rest.allowedAddresses !== undefined) checkAddressListProxy(trustProxy);
  const log = safeLog(logStream ?? standardLines(1));
  const logger = {
    level: logLevel,
    stream: log,
    ...createLogRedaction({ numbers: rest.showNumbers === true ? 'keep' : 'mask' }),
  };
  const app = Fastify({
    trustProxy: proxyTrust(trustProxy),
    // A caller on the line gets an answer also while the server shuts down.
    return503OnClosing: false,
    // A URL that was put together carelessly is no reason to cut callers off.
    routerOptions: { ignoreDuplicateSlashes: true },
    // Large flows are explored while the server starts, on a busy machine for longer than Fastify's ten seconds.
    pluginTimeout: 0,
    requestTimeout: REQUEST_TIME,
    keepAliveTimeout,
    logController: new LogController({ disableRequestLogging: true }),
    logger: logger as unknown as FastifyLoggerOptions & PinoLoggerOptions,
  });
  endConnections(app, rest.retiring);
  await app.register(hookswitch, { droppedLogLines: log.dropped, ...rest });
  await extend?.(app);
  return app;
}
