import bearerAuth from '@fastify/bearer-auth';
import swagger from '@fastify/swagger';
import { isHookswitchError } from '@hookswitch/dsl';
import type { FastifyError, FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { compressAnswers } from '../compression.ts';
import { callRoutes } from './calls.ts';
import { createReadiness } from './readiness.ts';

/** `/health` and `/ready` for whoever runs the server; `/calls`, `/metrics` and `/openapi.json` behind a bearer token. */
export const apiPlugin = fp(
  async (app: FastifyInstance, { server }: { readonly server: Hookswitch }) => {
    await app.register(swagger, {
      openapi: {
        info: { title: 'Hookswitch', version: '1' },
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      },
    });

    const ready = createReadiness(server.store, server.clock);
    app.get('/health', { schema: { tags: ['operation'], summary: 'Whether the process lives', security: [] } }, () => ({ status: 'ok' }));
    app.get(
      '/ready',
      { schema: { tags: ['operation'], summary: 'Whether the server can take calls', security: [] } },
      async (_request, reply) => {
        const reason = server.stopping ? 'shutting down' : await ready();
        return reply.code(reason === null ? 200 : 503).send(reason === null ? { status: 'ready' } : { status: 'not-ready', reason });
      },
    );

    await app.register(async (scope) => {
      await compressAnswers(scope);
      const tokens = server.options.apiTokens ?? [];
      if (tokens.length === 0)
        scope.addHook('onRequest', async (_request, reply) =>
          reply.code(401).send({ error: 'unauthorized', message: 'The API is closed: set HOOKSWITCH_API_TOKEN (apiTokens).' }),
        );
      else await scope.register(bearerAuth, { keys: new Set(tokens) });
      scope.setErrorHandler<FastifyError>(async (error, _request, reply) => {
        if (isHookswitchError(error) && error.code === 'HS_STORE_UNAVAILABLE')
          return reply.code(503).send({ error: error.code, message: error.message });
        const pattern = error.validation?.find(({ keyword }) => keyword === 'pattern');
        // A regular expression tells people little, and every pattern of ours is a telephone number's.
        if (pattern === undefined) return reply.send(error);
        const field = pattern.instancePath.replace(/^\//, '');
        return reply
          .code(400)
          .send({ error: 'field', message: `"${field}" must be a telephone number in E.164 form, such as +6531589338.` });
      });
      await scope.register(callRoutes, { server });
      scope.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
        reply.type(server.metrics.contentType).send(await server.metrics.text()),
      );
      scope.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
    });
  },
  { name: 'hookswitch-api', fastify: '5.x' },
);
