import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { CallListView, CallReport, CallTotalsView } from '../report/lines.ts';
import type { CallReports } from '../report/reports.ts';
import { needs } from './access.ts';
import { CountQuery, filterOf, ListQuery } from './list-query.ts';
import { CallJournal, CallParam, Problem } from './schemas.ts';

/** Options of the routes that read calls. */
export interface ReportRoutesOptions {
  readonly reports: CallReports;
  readonly showNumbers: boolean;
  /** Those of the OpenAPI document; without any the routes are not in it. */
  readonly tags?: readonly string[];
}

/** What each of these requests may be refused with: its form, its token, a store that is away. */
export const REFUSED = { 400: Problem, 401: Problem, 503: Problem };
export const NO_CALL = { error: 'call', message: 'There is no call with this id, or it was pruned.' } as const;

/** `GET /calls`, `GET /calls/:id`, `GET /calls/:id/journal`: the same for the API and for the console's page. */
export const reportRoutes: FastifyPluginAsyncTypebox<ReportRoutesOptions> = async (app, { reports, showNumbers, tags }) => {
  const documented = tags === undefined ? {} : { tags };
  app.get(
    '/calls',
    {
      config: needs('read'),
      schema: { ...documented, summary: 'List calls, newest first', querystring: ListQuery, response: { 200: CallListView, ...REFUSED } },
    },
    async (request) => reports.list(filterOf(request.query, showNumbers)),
  );

  app.get(
    '/calls/count',
    {
      config: needs('read'),
      schema: {
        ...documented,
        summary: 'How many calls a list has, and how many of them failed',
        querystring: CountQuery,
        response: { 200: CallTotalsView, ...REFUSED },
      },
    },
    async (request) => reports.count(filterOf(request.query, showNumbers)),
  );

  app.get(
    '/calls/:id',
    {
      config: needs('read'),
      schema: {
        ...documented,
        summary: 'A call and its timeline',
        params: CallParam,
        response: { 200: CallReport, 404: Problem, ...REFUSED },
      },
    },
    async (request, reply) => (await reports.show(request.params.id)) ?? reply.code(404).send(NO_CALL),
  );

  app.get(
    '/calls/:id/journal',
    {
      config: needs('read'),
      schema: {
        ...documented,
        summary: "A call's journal, for hookswitch replay; sensitive values are • and a length",
        params: CallParam,
        response: { 200: CallJournal, 404: Problem, ...REFUSED },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const journal = await reports.journal(id);
      if (journal === null) return reply.code(404).send(NO_CALL);
      return reply.header('content-disposition', `attachment; filename="journal-${id.replace(/[^\w-]/g, '_')}.json"`).send(journal);
    },
  );
};
