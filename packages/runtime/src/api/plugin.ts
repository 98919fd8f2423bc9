import bearerAuth from '@fastify/bearer-auth';
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Type } from 'typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { compressAnswers } from '../compression.ts';
import { callRoutes } from './calls.ts';
import { createReadiness } from './readiness.ts';
import { Problem } from './schemas.ts';

/** What whoever brings no token, or a wrong one, is told. */
export const UNAUTHORIZED = {
  error: 'unauthorized',
  message: 'The token is missing or wrong: send Authorization: Bearer <token>, with one of the tokens that the server knows.',
} as const;

const tags = ['operation'];
const open = { tags, security: [] };
const Status = Type.Object({ status: Type.String() });
const NotReady = Type.Object({ status: Type.String(), reason: Type.String() });

/** `/health` and `/ready` for whoever runs the server; `/calls`, `/metrics` and `/openapi.json` behind a bearer token. */
export const apiPlugin = fp(
  async (app: FastifyInstance, { server }: { readonly server: Hookswitch }) => {
    await app.register(swagger, {
      // What is meant for it has a tag; all of it is hidden from a document of the host.
      transform: ({ schema, url }) => ({ schema: { ...schema, hide: schema?.tags === undefined }, url }),
      openapi: {
        info: { title: 'Hookswitch', version: '1' },
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      },
    });

    const ready = createReadiness(server.store, server.clock);
    app.get('/health', { schema: { ...open, summary: 'Whether the process lives', response: { 200: Status } } }, () => ({ status: 'ok' }));
    app.get(
      '/ready',
      { schema: { ...open, summary: 'Whether the server can take calls', response: { 200: Status, 503: NotReady } } },
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
      else await scope.register(bearerAuth, { keys: new Set(tokens), errorResponse: () => UNAUTHORIZED });
      await scope.register(callRoutes, { server });
      const metrics = { tags, summary: 'Metrics for Prometheus', response: { 200: Type.String(), 401: Problem } };
      scope.get('/metrics', { schema: metrics }, async (_request, reply) =>
        reply.type(server.metrics.contentType).send(await server.metrics.text()),
      );
      const document = { tags, summary: 'These requests, as an OpenAPI document', response: { 200: Type.Object({}), 401: Problem } };
      scope.get('/openapi.json', { schema: document }, () => app.swagger());
    });
  },
  { name: 'hookswitch-api', fastify: '5.x' },
);
