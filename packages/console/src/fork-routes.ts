import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type CompiledFlow, isHookswitchError, type JournalFile } from '@hookswitch/dsl';
import { ForkDeedError, MAX_DEEDS, readDeeds } from '@hookswitch/dsl/inside/fork';
import type { Hookswitch } from '@hookswitch/runtime';
import { callOf, compareVersions, needs, NO_CALL, readState, viewCall } from '@hookswitch/runtime/inside';
import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import { ForkError } from './errors/fork-error.ts';
import type { ForkView } from './fork-views.ts';
import { type Forked, type ForkOrder, playFork, recordedAs, writeForkTest } from './fork/play-fork.ts';
import type { TestView } from './views.ts';

/** Options of the forks' routes. */
export interface ForkRoutesOptions {
  readonly server: Hookswitch;
  /** Files of flows by name: tests import from them. */
  readonly files: Readonly<Record<string, string>>;
  /** Recorded calls by id, besides those of the store. */
  readonly recordings: Readonly<Record<string, JournalFile>>;
}

const CallParam = Type.Object({ id: Type.String() });
const Order = Type.Object(
  {
    turn: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    version: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    deeds: Type.Optional(Type.Array(Type.Unknown(), { maxItems: MAX_DEEDS })),
    askSteps: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/**
 * Forks of calls. Nothing is kept of one: whoever plays sends what was done so far, and the call is played anew, by the dsl alone. It has no store, no steps, no hooks,
 * and no platform, so that a fork changes nothing, costs the server nothing when it is left, and may be played on at any of several servers.
 */
export const forkRoutes: FastifyPluginAsyncTypebox<ForkRoutesOptions> = async (app, { server, files, recordings }) => {
  const showNumbers = server.options.showNumbers ?? false;

  const versionsOf = (name: string): readonly CompiledFlow[] =>
    server.routes.flows
      .filter(({ flow }) => flow.name === name)
      .toSorted((a, b) => compareVersions(a.flow.options.version, b.flow.options.version));

  const find = async (id: string): Promise<Forked | null> => {
    const given = Object.hasOwn(recordings, id) ? recordings[id] : undefined;
    if (given !== undefined) return { ...recordedAs(id, given), flows: versionsOf(given.flow).map(({ flow }) => flow), showNumbers };
    const [stored, journal] = await Promise.all([server.store.load({ id }), server.reports.journal(id)]);
    if (stored === null || journal === null) return null;
    // The flow sees the numbers as they are; whoever plays sees them as everywhere.
    const recorded = { ...journal, call: callOf(stored.call, readState(stored.call.state)) };
    return {
      recorded,
      isStored: true,
      call: viewCall(stored.call, showNumbers),
      flows: versionsOf(stored.call.flow).map(({ flow }) => flow),
      showNumbers,
    };
  };

  const answer = async <T>(
    id: string,
    body: Static<typeof Order>,
    reply: FastifyReply,
    make: (forked: Forked, order: ForkOrder) => T | Promise<T>,
  ): Promise<T> => {
    try {
      const { turn, version, askSteps = false } = body;
      const deeds = readDeeds(body.deeds ?? []);
      const forked = await find(id);
      if (forked === null) return reply.code(404).send(NO_CALL);
      return await make(forked, { turn, version, deeds, askSteps });
    } catch (error) {
      if (error instanceof ForkDeedError) return reply.code(400).send({ error: error.code, message: error.message });
      if (error instanceof ForkError)
        return reply.code(error.what === 'turn' ? 404 : 409).send({ error: error.code, message: error.message });
      throw error;
    }
  };

  const schema = { params: CallParam, body: Order };
  app.post('/calls/:id/fork', { config: needs('operate'), schema }, ({ params, body }, reply): Promise<ForkView> =>
    answer(params.id, body, reply, playFork),
  );

  app.post('/calls/:id/fork/test', { config: needs('operate'), schema }, ({ params, body }, reply): Promise<TestView> =>
    answer(params.id, body, reply, async (forked, order) => {
      const { flow } = forked.call;
      try {
        return await writeForkTest(forked, order, Object.hasOwn(files, flow) ? (files[flow] ?? null) : null);
      } catch (error) {
        if (!isHookswitchError(error) || error instanceof ForkError) throw error;
        const [first] = error.message.split('\n');
        return reply.code(409).send({ error: error.code, message: `There is no test of this fork: ${first}` });
      }
    }),
  );
};
