import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { compressAnswers } from '../compression.ts';
import { batchCalls } from './call-batches.ts';
import { callRoutes } from './call-routes.ts';
import { type ChartView, viewChart } from './diagram/chart-view.ts';
import { strictQuery } from '../api/own-scope.ts';
import { ANYONE, needs } from '../api/access.ts';
import { ignoresTrailingSlash } from '../webhook/plugin.ts';
import { EventStreams } from './event-stream.ts';
import { flowRoutes, summariseFlow } from './flow-routes.ts';
import { answerInOwnWords } from './own-words.ts';
import { PAGE_HEADERS, servePage } from './page.ts';
import type { InfoView, StreamEvents } from './views.ts';

/** Options of the console. */
export interface ConsolePluginOptions {
  readonly server: Hookswitch;
  /** Files of flows by name, for the tests that are made of calls. @default none known */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * The console under `/console/`: the page's files for everybody, since they hold nothing, and what they show under `/console/api/` behind the server's API
 * tokens. Read-only.
 */
export const consolePlugin = fp(
  async (app: FastifyInstance, { server, files = {} }: ConsolePluginOptions) => {
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
            const info: InfoView = { mode: 'production', instance, showNumbers, flows: charts.map(summariseFlow) };
            api.get('/info', { config: needs('read') }, () => info);
            api.get('/events', { config: needs('read') }, (_request, reply) => {
              const data: StreamEvents['hello'] = { instance, now: server.clock.now() };
              streams.open(reply, { event: 'hello', data }, PAGE_HEADERS);
            });
            await api.register(flowRoutes, { charts: () => charts });
            await api.register(callRoutes, { server, files });
          },
          { prefix: '/api' },
        );
      },
      { prefix: '/console' },
    );
    // Where the router takes both for one, the page's own scope sends those without the slash on.
    if (!ignoresTrailingSlash(app)) app.get('/console', { config: ANYONE }, toPage);
  },
  { name: 'hookswitch-console', fastify: '5.x' },
);

/** Relative, so that it stays on the host and under the prefix by which the page was asked for, whatever a proxy makes of both. */
function toPage(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.redirect('console/');
}

function isBare({ raw: { url = '' } }: FastifyRequest): boolean {
  return /\/console(\?|$)/i.test(url);
}
