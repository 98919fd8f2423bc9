import { randomUUID } from 'node:crypto';
import type { JournalFile } from '@hookswitch/dsl';
import type { Hookswitch } from '@hookswitch/runtime';
import {
  ANYONE,
  auditRoutes,
  compressAnswers,
  createAudit,
  guardRoutes,
  holderOf,
  ignoresTrailingSlash,
  insightRoutes,
  needs,
  ownScope,
  settingsRoutes,
  strictQuery,
} from '@hookswitch/runtime/inside';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { batchCalls } from './call-batches.ts';
import { callRoutes } from './call-routes.ts';
import { type ChartView, viewChart } from './diagram/chart-view.ts';
import { EventStreams } from './event-stream.ts';
import { flowRoutes, summariseFlow } from './flow-routes.ts';
import { forkRoutes } from './fork-routes.ts';
import { answerInOwnWords } from './own-words.ts';
import { PAGE_HEADERS, servePage } from './page.ts';
import type { InfoView, StreamEvents } from './views.ts';

/** Options of the console. */
export interface ConsoleOptions {
  /** In front of `/console/`: give it the prefix of `hookswitch`. @default none */
  readonly prefix?: string;
  /** Files of flows by name, for the tests that are made of calls. @default none known */
  readonly files?: Readonly<Record<string, string>>;
  /** Recorded calls by their ids, as `hookswitch calls export` writes them, that can be forked besides those of the store. @default none */
  readonly recordings?: Readonly<Record<string, JournalFile>>;
}

/**
 * The console of the server that was registered before, `app.hookswitch`: `await app.register(hookswitchConsole)`. Under `/console/` the page's files for everybody,
 * since they hold nothing, and what they show under `/console/api/` behind the server's API tokens. Settings are all that it changes; signals go by the API's own route.
 */
export const hookswitchConsole = fp<ConsoleOptions>(
  async (host, { files = {}, recordings = {}, ...options }) => {
    const scope = (app: FastifyInstance): Promise<void> => serve(app, host.hookswitch, { files, recordings });
    await host.register(scope, options);
  },
  { name: 'hookswitch-console', fastify: '5.x', decorators: { fastify: ['hookswitch'] } },
);

type Given = Required<Pick<ConsoleOptions, 'files' | 'recordings'>>;

async function serve(app: FastifyInstance, server: Hookswitch, { files, recordings }: Given): Promise<void> {
  ownScope(app);
  const audit = createAudit(server, app.log);
  const demandRoles = guardRoutes(app, { tokens: server.options.apiTokens ?? [], clock: server.clock, audit });
  const instance = randomUUID();
  const showNumbers = server.options.showNumbers ?? false;
  let stopBatches = (): void => undefined;
  const streams: EventStreams = new EventStreams(server.clock, {
    begin: () => {
      stopBatches = batchCalls(server.feed, server.clock, showNumbers, (batch) => streams.send('calls', batch));
    },
    end: () => stopBatches(),
  });
  const charts: readonly ChartView[] = server.routes.flows.map(({ chart }) => viewChart(chart));
  // Before the server waits for its connections to end: a stream never would.
  app.addHook('preClose', (done) => {
    streams.close();
    done();
  });

  await app.register(
    async (scope) => {
      await compressAnswers(scope);
      answerInOwnWords(scope);
      scope.addHook('onRequest', (request, reply, done) => {
        if (isBare(request)) toPage(request, reply);
        else done();
      });
      await servePage(scope);
      await scope.register(
        async (api) => {
          strictQuery(api);
          api.addHook('onSend', async (_request, reply) => {
            reply.header('cache-control', 'no-store');
          });
          const info = { mode: 'production', instance, showNumbers, flows: charts.map(summariseFlow) } as const;
          api.get('/info', { config: needs('read') }, (request): InfoView => ({ ...info, role: holderOf(request)?.role ?? 'read' }));
          api.get('/events', { config: needs('read') }, (_request, reply) => {
            const data: StreamEvents['hello'] = { instance, now: server.clock.now() };
            streams.open(reply, { event: 'hello', data }, PAGE_HEADERS);
          });
          await api.register(flowRoutes, { charts: () => charts });
          await api.register(callRoutes, { server, files });
          await api.register(forkRoutes, { server, files, recordings });
          await api.register(insightRoutes, { server });
          await api.register(settingsRoutes, { server, audit });
          await api.register(auditRoutes, { server });
        },
        { prefix: '/api' },
      );
    },
    { prefix: '/console' },
  );
  // Where the router takes both for one, the page's own scope sends those without the slash on.
  if (!ignoresTrailingSlash(app)) app.get('/console', { config: ANYONE }, toPage);
  demandRoles();
}

/** Relative, so that it stays on the host and under the prefix by which the page was asked for, whatever a proxy makes of both. */
function toPage(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.redirect('console/');
}

function isBare({ raw: { url = '' } }: FastifyRequest): boolean {
  return /\/console(\?|$)/i.test(url);
}
