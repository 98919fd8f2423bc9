import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isHookswitchError } from '@hookswitch/dsl';
import type { Hookswitch } from '@hookswitch/runtime';
import { callTimeline, needs, OWN_QUERY, viewCall } from '@hookswitch/runtime/inside';
import { Type } from 'typebox';
import { FilterProblem, readCallQuery } from './call-filter.ts';
import { exportJournal } from './export-journal.ts';
import { timelineItems } from './timeline-items.ts';
import type { CallDetailView, CallPageView, LiveCount, ProblemView, TestView } from './views.ts';

/** Options of the calls' routes. */
export interface CallRoutesOptions {
  readonly server: Hookswitch;
  /** Files of flows by name: tests import from them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Any text may be asked for: one that is no id finds no call. */
const CallParam = Type.Object({ id: Type.String() });
const GONE: ProblemView = { error: 'call', message: 'There is no call with this id, or it is so old that it was deleted.' };

/** Calls, live and past, for the console. */
export const callRoutes: FastifyPluginAsyncTypebox<CallRoutesOptions> = async (app, { server, files }) => {
  const { store } = server;
  const showNumbers = server.options.showNumbers ?? false;

  app.get('/live', { config: needs('read') }, async (): Promise<readonly LiveCount[]> => store.liveCounts());

  app.get('/calls', { config: needs('read'), schema: { querystring: OWN_QUERY } }, async (request, reply): Promise<CallPageView> => {
    const filter = readCallQuery(request.query as Record<string, unknown>, showNumbers);
    if (filter instanceof FilterProblem) return reply.code(400).send({ error: 'filter', message: filter.message });
    const page = await store.list(filter);
    return { calls: page.calls.map((call) => viewCall(call, showNumbers)), cursor: page.cursor };
  });

  app.get('/calls/:id', { config: needs('read'), schema: { params: CallParam } }, async (request, reply): Promise<CallDetailView> => {
    const { id } = request.params;
    const stored = await store.load({ id });
    if (stored === null) return reply.code(404).send(GONE);
    const [turns, timeline] = await Promise.all([store.turns(id), callTimeline(store, stored.call)]);
    return { call: viewCall(stored.call, showNumbers), items: timelineItems({ ...stored, turns, timeline }, showNumbers) };
  });

  app.get('/calls/:id/test', { config: needs('read'), schema: { params: CallParam } }, async (request, reply): Promise<TestView> => {
    const stored = await store.load({ id: request.params.id });
    if (stored === null) return reply.code(404).send(GONE);
    const { flow: name, flowVersion } = stored.call;
    const compiled = server.routes.find(name, flowVersion);
    if (compiled === null) {
      return reply
        .code(409)
        .send({ error: 'flow', message: `The flow "${name}" is not served any more: without it no test can be made of its calls.` });
    }
    // The test toolkit is loaded when somebody asks for a test.
    const { recordedCall, writeTest } = await import('./test-script/index.ts');
    try {
      return await writeTest(
        recordedCall(stored, { flow: compiled.flow, showNumbers, file: Object.hasOwn(files, name) ? (files[name] ?? null) : null }),
      );
    } catch (error) {
      if (!isHookswitchError(error)) throw error;
      const [first] = error.message.split('\n');
      return reply
        .code(409)
        .send({ error: error.code, message: `The flow does not go this way any more, so there is no test of it: ${first}` });
    }
  });

  app.get('/calls/:id/journal', { config: needs('read'), schema: { params: CallParam } }, async (request, reply) => {
    const stored = await store.load({ id: request.params.id });
    if (stored === null) return reply.code(404).send(GONE);
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="journal-${request.params.id.replace(/[^\w-]/g, '_')}.json"`)
      .send(`${JSON.stringify(exportJournal(stored, showNumbers), null, 2)}\n`);
  });
};
