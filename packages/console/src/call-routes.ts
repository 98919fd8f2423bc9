import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isHookswitchError } from '@hookswitch/dsl';
import type { Hookswitch } from '@hookswitch/runtime';
import { needs, NO_CALL, reportRoutes } from '@hookswitch/runtime/inside';
import { Type } from 'typebox';
import type { LiveCount, TestView } from './views.ts';

/** Options of the calls' routes. */
export interface CallRoutesOptions {
  readonly server: Hookswitch;
  /** Files of flows by name: tests import from them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Any text may be asked for: one that is no id finds no call. */
const CallParam = Type.Object({ id: Type.String() });

/** Calls, live and past, for the console. */
export const callRoutes: FastifyPluginAsyncTypebox<CallRoutesOptions> = async (app, { server, files }) => {
  const { store } = server;
  const showNumbers = server.options.showNumbers ?? false;

  app.get('/live', { config: needs('read') }, async (): Promise<readonly LiveCount[]> => store.liveCounts());

  await app.register(reportRoutes, { reports: server.reports, showNumbers });

  app.get('/calls/:id/test', { config: needs('read'), schema: { params: CallParam } }, async (request, reply): Promise<TestView> => {
    const stored = await store.load({ id: request.params.id });
    if (stored === null) return reply.code(404).send(NO_CALL);
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
};
