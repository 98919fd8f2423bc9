import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { CallRequestSchema } from '../assembly/place-call.ts';
import { viewCall } from '../report/call-view.ts';
import { CallView } from '../report/lines.ts';
import { needs } from './access.ts';
import type { AuditLog } from './audit-log.ts';
import { NO_CALL, REFUSED, reportRoutes } from './report-routes.ts';
import { CallParam, ParamsProblem, Problem, RoleProblem } from './schemas.ts';
import { strictQuery } from './own-scope.ts';
import { signalRoutes } from './signals.ts';

const tags = ['calls'];

/** What the routes of calls work with. */
export interface CallRoutesOptions {
  readonly server: Hookswitch;
  readonly audit: Pick<AuditLog, 'about'>;
}

/** `POST /calls`, `DELETE /calls/:id`, and the routes that read calls. */
export const callRoutes: FastifyPluginAsyncTypebox<CallRoutesOptions> = async (app, { server, audit }) => {
  const showNumbers = server.options.showNumbers;
  strictQuery(app);
  app.post(
    '/calls',
    {
      config: needs('operate', 'call.place'),
      schema: {
        tags,
        summary: 'Place a call',
        body: CallRequestSchema,
        response: { 200: CallView, 201: CallView, 403: RoleProblem, 404: Problem, 409: Problem, ...REFUSED, 400: ParamsProblem },
      },
    },
    async (request, reply) => {
      const { call, repeated } = await server.placeCall(request.body);
      audit.about(request, call);
      return reply.code(repeated ? 200 : 201).send(viewCall(call, showNumbers));
    },
  );

  await app.register(reportRoutes, { reports: server.reports, showNumbers, tags });

  await app.register(signalRoutes, { server, audit });

  app.delete(
    '/calls/:id',
    {
      config: needs('operate', 'call.end'),
      schema: {
        tags,
        summary: 'End a call when the platform next asks',
        params: CallParam,
        response: { 202: CallView, 403: RoleProblem, 404: Problem, 409: Problem, ...REFUSED },
      },
    },
    async (request, reply) => {
      const call = await server.calls.requestEnd(request.params.id);
      if (call === null) return reply.code(404).send(NO_CALL);
      audit.about(request, call);
      if (call.endedAt !== null) return reply.code(409).send({ error: 'ended', message: 'The call has ended already.' });
      return reply.code(202).send(viewCall(call, showNumbers));
    },
  );
};
