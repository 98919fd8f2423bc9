import { callTimeline } from '../session/call-timeline.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { didYouMean } from '@hookswitch/dsl';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { CallParamsError } from '../errors/call-params-error.ts';
import { parseDataKeys } from '../security/key-ring.ts';
import { createSealer } from '../security/seal.ts';
import type { CallFilter, CallStatus } from '../store/store.ts';
import {
  CallDetail,
  CallList,
  CallParam,
  CallView,
  type ListQuery,
  ListQuery as ListQuerySchema,
  PlaceCallBody,
  Problem,
} from './schemas.ts';
import { exportJournal } from './journal-export.ts';
import { numberFilter, numberProblem } from './number-filter.ts';
import { viewCall, viewTimeline } from './views.ts';

const tags = ['calls'];

/** `POST /calls`, `GET /calls`, `GET /calls/:id`, `DELETE /calls/:id`. */
export const callRoutes: FastifyPluginAsyncTypebox<{ readonly server: Hookswitch }> = async (app, { server }) => {
  const showNumbers = server.options.showNumbers ?? false;
  // Fastify's own validation drops unknown fields silently, and a mistyped option would go unnoticed.
  app.addHook('preValidation', async (request, reply) => {
    const unknown = request.routeOptions.url?.endsWith('/calls') === true && request.method === 'POST' ? unknownField(request.body) : null;
    if (unknown !== null) await reply.code(400).send({ error: 'field', message: unknown });
  });

  app.post(
    '/calls',
    {
      schema: {
        tags,
        summary: 'Place a call',
        body: PlaceCallBody,
        response: { 200: CallView, 201: CallView, 400: Problem, 404: Problem, 409: Problem },
      },
    },
    async (request, reply) => {
      const { flow, to, from, params, language, clientRequestId, validUntil, callRecording } = request.body;
      const client = server.clients.get(request.body.subAccountId ?? [...server.clients.keys()][0] ?? '');
      if (client === undefined || (request.body.subAccountId === undefined && server.clients.size > 1)) {
        return reply.code(400).send({
          error: 'subaccount',
          message: `Name one of the configured subaccounts in subAccountId: ${[...server.clients.keys()].join(', ') || 'none is configured'}.`,
        });
      }
      const compiled = server.routes.flows.findLast((known) => known.flow.name === flow);
      if (compiled === undefined) {
        return reply.code(404).send({
          error: 'flow',
          message: `There is no flow "${flow}"; there are: ${[...new Set(server.routes.flows.map((known) => known.flow.name))].join(', ')}.`,
        });
      }
      const known = clientRequestId === undefined ? null : await server.store.findByClientRequestId(client.subAccountId, clientRequestId);
      try {
        const call =
          known ??
          (await server.sessions.outbound.place(
            {
              subAccountId: client.subAccountId,
              compiled,
              from,
              to,
              params: params ?? {},
              language: language ?? null,
              clientRequestId: clientRequestId ?? null,
              validUntil: validUntil ?? null,
              callRecording: callRecording ?? null,
            },
            client.createCallflow,
          ));
        server.metrics.outbound(known === null ? call.status : 'repeated');
        return await reply.code(known === null ? 201 : 200).send(viewCall(call, showNumbers));
      } catch (error) {
        if (error instanceof CallParamsError) return reply.code(400).send({ error: error.code, message: error.message });
        throw error;
      }
    },
  );

  app.get(
    '/calls',
    { schema: { tags, summary: 'List calls, newest first', querystring: ListQuerySchema, response: { 200: CallList, 400: Problem } } },
    async (request, reply) => {
      const { number } = request.query;
      const problem = number === undefined ? null : numberProblem(number, showNumbers);
      if (problem !== null) return reply.code(400).send({ error: 'field', message: problem });
      const page = await server.store.list(filterOf(request.query, showNumbers));
      return { calls: page.calls.map((call) => viewCall(call, showNumbers)), cursor: page.cursor };
    },
  );

  app.get(
    '/calls/:id',
    { schema: { tags, summary: 'A call and its timeline', params: CallParam, response: { 200: CallDetail, 404: Problem } } },
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
    { schema: { tags, summary: "A call's journal, for hookswitch replay; sensitive values are • and a length", params: CallParam } },
    async (request, reply) => {
      const stored = await server.store.load({ id: request.params.id });
      if (stored === null) return reply.code(404).send({ error: 'call', message: 'There is no call with this id, or it was pruned.' });
      return exportJournal(stored, createSealer(parseDataKeys(server.options.dataKeys)), showNumbers);
    },
  );

  app.delete(
    '/calls/:id',
    {
      schema: {
        tags,
        summary: 'End a call when the platform next asks',
        params: CallParam,
        response: { 202: CallView, 404: Problem, 409: Problem },
      },
    },
    async (request, reply) => {
      const call = await server.sessions.outbound.requestEnd(request.params.id);
      if (call === null) return reply.code(404).send({ error: 'call', message: 'There is no call with this id, or it was pruned.' });
      if (call.endedAt !== null) return reply.code(409).send({ error: 'ended', message: 'The call has ended already.' });
      return reply.code(202).send(viewCall(call, showNumbers));
    },
  );
};

function unknownField(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const known = Object.keys(PlaceCallBody.properties);
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  return unknown === undefined ? null : `There is no field "${unknown}". ${didYouMean(unknown, known)}There are: ${known.join(', ')}.`;
}

function filterOf(query: ListQuery, showNumbers: boolean): CallFilter {
  const time = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));
  const filter = {
    flow: query.flow,
    site: query.site,
    status: query.status?.split(',') as CallStatus[] | undefined,
    ...(query.number === undefined ? {} : numberFilter(query.number, showNumbers)),
    startedAfter: time(query.startedAfter),
    startedBefore: time(query.startedBefore),
    limit: query.limit,
    cursor: query.cursor,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as CallFilter;
}
