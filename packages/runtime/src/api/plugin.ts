import swagger from '@fastify/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { Type } from 'typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { compressAnswers } from '../compression.ts';
import type { AuditLog } from './audit-log.ts';
import { auditRoutes } from './audit.ts';
import { ANYONE, needs } from './access.ts';
import { callRoutes } from './calls.ts';
import { countRoutes, insightRoutes } from './insights.ts';
import { createReadiness } from './readiness.ts';
import { Problem } from './schemas.ts';
import { settingsRoutes } from './settings.ts';

const tags = ['operation'];
const open = { tags, security: [] };
const TOKENS =
  'One of the tokens of the server (apiTokens). Its role, read, operate or admin, says what it may ask; a higher one may all that a lower one may.';
const Status = Type.Object({ status: Type.String() });
const NotReady = Type.Object({ status: Type.String(), reason: Type.String() });

/** `/health` and `/ready` for whoever runs the server; `/calls`, `/metrics` and `/openapi.json` behind a bearer token. */
export const apiPlugin = fp(
  async (app: FastifyInstance, { server, audit }: { readonly server: Hookswitch; readonly audit: AuditLog }) => {
    await app.register(swagger, {
      // What is meant for it has a tag; all of it is hidden from a document of the host.
      transform: ({ schema, url, route }) => ({ schema: { ...schema, ...accessOf(route), hide: schema?.tags === undefined }, url }),
      openapi: {
        info: { title: 'Hookswitch', version: '1' },
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: TOKENS } } },
        security: [{ bearer: [] }],
      },
    });

    const ready = createReadiness(server.store, server.clock);
    app.get('/health', { config: ANYONE, schema: { ...open, summary: 'Whether the process lives', response: { 200: Status } } }, () => ({
      status: 'ok',
    }));
    app.get(
      '/ready',
      { config: ANYONE, schema: { ...open, summary: 'Whether the server can take calls', response: { 200: Status, 503: NotReady } } },
      async (_request, reply) => {
        const reason = server.stopping ? 'shutting down' : await ready();
        return reply.code(reason === null ? 200 : 503).send(reason === null ? { status: 'ready' } : { status: 'not-ready', reason });
      },
    );

    await app.register(async (scope) => {
      await compressAnswers(scope);
      await scope.register(callRoutes, { server, audit });
      await scope.register(insightRoutes, { server, tags: ['insights'] });
      await scope.register(countRoutes, { server, tags: ['insights'] });
      await scope.register(settingsRoutes, { server, audit, tags: ['settings'] });
      await scope.register(auditRoutes, { server, tags });
      const metrics = { tags, summary: 'Metrics for Prometheus', response: { 200: Type.String(), 401: Problem } };
      scope.get('/metrics', { config: needs('read'), schema: metrics }, async (_request, reply) =>
        reply.type(server.metrics.contentType).send(await server.metrics.text()),
      );
      const document = { tags, summary: 'These requests, as an OpenAPI document', response: { 200: Type.Object({}), 401: Problem } };
      scope.get('/openapi.json', { config: needs('read'), schema: document }, () => app.swagger());
    });
  },
  { name: 'hookswitch-api', fastify: '5.x' },
);

/** What the document says of who may ask. */
function accessOf({ config }: RouteOptions): { readonly description?: string } {
  const role = config?.hookswitch?.role ?? 'anyone';
  return role === 'anyone' ? {} : { description: `Needs a token with the role ${role}${role === 'admin' ? '' : ' or a higher one'}.` };
}
