import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { readTime } from '../assembly/time.ts';
import { viewChange } from '../report/settings.ts';
import type { ChangedSettingView } from '../report/settings-view.ts';
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
      const isChange = entries.some(({ detail }) => detail !== null);
      const { rows } = isChange ? await server.store.overrides() : { rows: [] };
      const look = { table: server.routes.table, now: server.clock.now(), masks: false };
      return { entries: entries.map((row) => viewEntry(row, viewChange(row, rows, look))), cursor };
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

function viewEntry({ at, detail: _, ...row }: AuditRow, change: ChangedSettingView | null): AuditView {
  return { ...row, at: new Date(at).toISOString(), change };
}
