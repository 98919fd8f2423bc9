import Fastify, { type FastifyInstance } from 'fastify';
import type { PlatformContext } from '../session/context.ts';
import { callflowRoutes } from './callflow-routes.ts';
import type { Ordered, OutboundOrder } from './outbound-order.ts';
import { exportRoutes } from './export-routes.ts';
import { numberRoutes } from './number-routes.ts';
import { recordingRoutes } from './recording-routes.ts';
import { voiceRoutes } from './voice-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { replyError } from './replies.ts';

const SUBACCOUNT = '/api/v1/subaccounts/:id';

/** The REST API of the platform. `place` makes the session of an order. `apiKeys`: null where any key will do. */
export function buildRestServer(
  context: PlatformContext,
  apiKeys: readonly string[] | null,
  place: (order: OutboundOrder) => Ordered,
): FastifyInstance {
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    const key = /^Bearer (.+)$/u.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined || (apiKeys !== null && !apiKeys.includes(key)))
      return replyError(request, reply, 401, 'Authentication header not found or token invalid');
    const { id } = request.params as { id?: string };
    if (id !== undefined && id !== context.subAccountId) return replyError(request, reply, 404, `SubAccount not found by Id : ${id}`);
  });
  app.setNotFoundHandler((request, reply) => replyError(request, reply, 404, 'Resource not found'));
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    return status < 500
      ? replyError(request, reply, 400, 'Invalid JSON request body', -1001)
      : replyError(request, reply, 500, 'Internal server error');
  });
  app.register(
    async (api) => {
      callflowRoutes(api, context, place);
      voiceRoutes(api, context);
      webhookRoutes(api, context);
      numberRoutes(api, context);
      recordingRoutes(api, context);
      exportRoutes(api, context);
    },
    { prefix: SUBACCOUNT },
  );
  return app;
}
