import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { readTime } from '../assembly/time.ts';
import type { AuditFilter, AuditRow } from '../store/store.ts';
import { needs } from './access.ts';
import { strictQuery } from './own-scope.ts';
import { AuditList, AuditQuery, type AuditView, Problem, RoleProblem } from './schemas.ts';

/** `GET /audit`: who has changed what. Only for admins, since it says who works here and when. */
export const auditRoutes: FastifyPluginAsyncTypebox<{ readonly server: Hookswitch; readonly tags?: readonly string[] }> = async (
  app,
  { server, tags },
) => {
  strictQuery(app);
  app.get(
    '/audit',
    {
      config: needs('admin'),
      schema: {
        ...(tags === undefined ? {} : { tags }),
        summary: 'Who has changed what, newest first',
        querystring: AuditQuery,
        response: { 200: AuditList, 400: Problem, 401: Problem, 403: RoleProblem, 503: Problem },
      },
    },
    async (request): Promise<AuditList> => {
      const { entries, cursor } = await server.store.listAudit(filterOf(request.query));
      return { entries: entries.map(viewEntry), cursor };
    },
  );
};

function filterOf({ call, after, before, ...same }: AuditQuery): AuditFilter {
  const [from, to] = [after, before].map((text) => (text === undefined ? null : readTime(text)));
  return {
    ...same,
    ...(call === undefined ? {} : { callId: call }),
    ...(from == null ? {} : { after: from }),
    ...(to == null ? {} : { before: to }),
  };
}

function viewEntry({ at, ...row }: AuditRow): AuditView {
  return { ...row, at: new Date(at).toISOString() };
}
