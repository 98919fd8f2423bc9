import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { needs } from './access.ts';
import type { AuditLog } from './audit-log.ts';
import { REFUSED } from './report-routes.ts';
import { Problem, RoleProblem } from './schemas.ts';

const SignalParams = Type.Object({
  id: Type.String({
    minLength: 1,
    maxLength: 512,
    description: 'The id of the call, that of its session, or a tag that it alone of all open calls has: order=4711.',
  }),
  name: Type.String({ minLength: 1, maxLength: 64, description: 'As the flow waits for it: waitFor(name).' }),
});
const SignalHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ description: 'Names the request: the same key and body again is taken once, and answered the same.' }),
  ),
});

/** What a sender of a signal is told. */
export const SignalView = Type.Object({
  call: Type.String({ description: 'The id of the call.' }),
  signal: Type.String(),
  outcome: Type.Enum(['taken', 'kept'], {
    description: 'taken: the flow was waiting for it, and goes on; kept: the flow finds it when it waits for it.',
  }),
});

export type SignalView = Static<typeof SignalView>;

/** What the route of signals works with. */
export interface SignalRoutesOptions {
  readonly server: Pick<Hookswitch, 'signal'>;
  readonly audit: Pick<AuditLog, 'about'>;
}

/** `POST /calls/:id/signals/:name`. */
export const signalRoutes: FastifyPluginAsyncTypebox<SignalRoutesOptions> = async (app, { server, audit }) => {
  app.post(
    '/calls/:id/signals/:name',
    {
      config: needs('operate', 'call.signal'),
      schema: {
        tags: ['calls'],
        summary: 'Send a signal to a call whose flow waits for it, or will',
        params: SignalParams,
        headers: SignalHeaders,
        response: { 202: SignalView, 403: RoleProblem, 404: Problem, 409: Problem, 413: Problem, 422: Problem, 429: Problem, ...REFUSED },
      },
    },
    async (request, reply) => {
      const { id, name } = request.params;
      const idempotencyKey = request.headers['idempotency-key'];
      const { call, outcome } = await server.signal(id, name, request.body, idempotencyKey === undefined ? {} : { idempotencyKey });
      audit.about(request, call);
      return reply.code(202).send({ call: call.id, signal: name, outcome });
    },
  );
};
