import { callTimeline } from '../calls/timeline.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { didYouMean } from '@hookswitch/dsl';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { CallRequestSchema } from '../assembly/place-call.ts';
import { readTime } from '../assembly/time.ts';
import { RequestError } from '../errors/request-error.ts';
import { parseDataKeys } from '../security/key-ring.ts';
import { createSealer } from '../security/seal.ts';
import type { CallFilter, CallStatus } from '../store/store.ts';
import {
  CallDetail,
  CallJournal,
  CallList,
  CallParam,
  CallView,
  type ListQuery,
  ListQuery as ListQuerySchema,
  ParamsProblem,
  Problem,
  RoleProblem,
  STATUSES,
} from './schemas.ts';
import { needs } from './access.ts';
import { exportJournal } from './journal-export.ts';
import { numberFilter, numberProblem } from './number-filter.ts';
import { strictQuery } from './own-scope.ts';
import { viewCall, viewTimeline } from './views.ts';

const tags = ['calls'];
/** What each of these requests may be refused with: its form, its token, a store that is away. */
const REFUSED = { 400: Problem, 401: Problem, 503: Problem };

/** `POST /calls`, `GET /calls`, `GET /calls/:id`, `DELETE /calls/:id`. */
export const callRoutes: FastifyPluginAsyncTypebox<{ readonly server: Hookswitch }> = async (app, { server }) => {
  const showNumbers = server.options.showNumbers;
  strictQuery(app);
  app.post(
    '/calls',
    {
      config: needs('operate'),
      schema: {
        tags,
        summary: 'Place a call',
        body: CallRequestSchema,
        response: { 200: CallView, 201: CallView, 403: RoleProblem, 404: Problem, ...REFUSED, 400: ParamsProblem },
      },
    },
    async (request, reply) => {
      const { call, repeated } = await server.placeCall(request.body);
      return reply.code(repeated ? 200 : 201).send(viewCall(call, showNumbers));
    },
  );

  app.get(
    '/calls',
    {
      config: needs('read'),
      schema: { tags, summary: 'List calls, newest first', querystring: ListQuerySchema, response: { 200: CallList, ...REFUSED } },
    },
    async (request, reply) => {
      const { number } = request.query;
      const problem = number === undefined ? null : numberProblem(number, showNumbers);
      if (problem !== null) return reply.code(400).send({ error: 'query', message: problem });
      const page = await server.store.list(filterOf(request.query, showNumbers));
      return { calls: page.calls.map((call) => viewCall(call, showNumbers)), cursor: page.cursor };
    },
  );

  app.get(
    '/calls/:id',
    {
      config: needs('read'),
      schema: { tags, summary: 'A call and its timeline', params: CallParam, response: { 200: CallDetail, 404: Problem, ...REFUSED } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const stored = await server.store.load({ id });
      if (stored === null) return reply.code(404).send({ error: 'call', message: 'There is no call with this id, or it was pruned.' });
      const [turns, rows] = await Promise.all([server.store.turns(id), callTimeline(server.store, stored.call)]);
      return { call: viewCall(stored.call, showNumbers), timeline: viewTimeline(stored.call, turns, stored.journal, rows, showNumbers) };
    },
  );

  app.get(
    '/calls/:id/journal',
    {
      config: needs('read'),
      schema: {
        tags,
        summary: "A call's journal, for hookswitch replay; sensitive values are • and a length",
        params: CallParam,
        response: { 200: CallJournal, 404: Problem, ...REFUSED },
      },
    },
    async (request, reply) => {
      const stored = await server.store.load({ id: request.params.id });
      if (stored === null) return reply.code(404).send({ error: 'call', message: 'There is no call with this id, or it was pruned.' });
      return exportJournal(stored, createSealer(parseDataKeys(server.options.dataKeys)), showNumbers);
    },
  );

  app.delete(
    '/calls/:id',
    {
      config: needs('operate'),
      schema: {
        tags,
        summary: 'End a call when the platform next asks',
        params: CallParam,
        response: { 202: CallView, 403: RoleProblem, 404: Problem, 409: Problem, ...REFUSED },
      },
    },
    async (request, reply) => {
      const call = await server.calls.requestEnd(request.params.id);
      if (call === null) return reply.code(404).send({ error: 'call', message: 'There is no call with this id, or it was pruned.' });
      if (call.endedAt !== null) return reply.code(409).send({ error: 'ended', message: 'The call has ended already.' });
      return reply.code(202).send(viewCall(call, showNumbers));
    },
  );
};

function filterOf({ status, number, startedAfter, startedBefore, ...same }: ListQuery, showNumbers: boolean): CallFilter {
  const [after, before] = [startedAfter, startedBefore].map((text) => (text === undefined ? null : readTime(text)));
  return {
    ...same,
    ...(number === undefined ? {} : numberFilter(number, showNumbers)),
    ...(status === undefined ? {} : { status: status.split(',').map(statusOf) }),
    ...(after == null ? {} : { startedAfter: after }),
    ...(before == null ? {} : { startedBefore: before }),
  };
}

function statusOf(text: string): CallStatus {
  const found = STATUSES.find((status) => status === text.trim());
  if (found !== undefined) return found;
  throw new RequestError(
    'query',
    `"status": there is no ${JSON.stringify(text.slice(0, 60))}. ${didYouMean(text, STATUSES)}There are: ${STATUSES.join(', ')}.`,
  );
}
