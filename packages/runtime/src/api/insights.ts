import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { didYouMean, localDate } from '@hookswitch/dsl';
import { type Static, Type } from 'typebox';
import type { Hookswitch } from '../assembly/hookswitch.ts';
import { readTime } from '../assembly/time.ts';
import { RequestError } from '../errors/request-error.ts';
import { CountedView, InsightsView } from '../report/insight-view.ts';
import { type InsightsQuery as Asked, readInsights } from '../report/insights.ts';
import { compareVersions } from '../routing/flow-router.ts';
import { needs } from './access.ts';
import { REFUSED } from './report-routes.ts';
import { Problem, RoleProblem } from './schemas.ts';

const DAY = 86_400_000;
const USUAL_DAYS = 7;
/** Longer periods have more days than a page can show. */
const MAX_DAYS = 800;
/** Calls that one request counts. */
const COUNT_BATCH = 200;

/** Which insights are asked for. */
export const InsightsQuery = Type.Object(
  {
    flow: Type.Optional(Type.String({ minLength: 1, maxLength: 250, description: 'May be left out where one flow is served.' })),
    since: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'Calls that began then or later; its whole hour. Default: seven days before until.',
      }),
    ),
    until: Type.Optional(Type.String({ format: 'date-time', description: 'Calls that began before. Default: now.' })),
    version: Type.Optional(Type.String({ maxLength: 250, description: 'Default: all versions together.' })),
    compare: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 250,
        description: 'Another version in the same period, or before: the period of the same length right before.',
      }),
    ),
    number: Type.Optional(
      Type.String({ minLength: 1, maxLength: 40, description: 'One of our own numbers: whole, or as the answer shows it.' }),
    ),
    zone: Type.Optional(Type.String({ maxLength: 60, description: 'Of the days, e.g. Asia/Singapore. Default: UTC.' })),
  },
  { additionalProperties: false },
);
export type InsightsQuery = Static<typeof InsightsQuery>;

/** Options of the routes of insights. */
export interface InsightRoutesOptions {
  readonly server: Hookswitch;
  /** Those of the OpenAPI document; without any the routes are not in it. */
  readonly tags?: readonly string[];
}

/** `GET /insights`: the same for the API and for the console's page. */
export const insightRoutes: FastifyPluginAsyncTypebox<InsightRoutesOptions> = async (app, { server, tags }) => {
  const { store, routes, clock, options } = server;
  app.get(
    '/insights',
    {
      config: needs('read'),
      schema: {
        ...(tags === undefined ? {} : { tags }),
        summary: 'What calls of a flow came to: arrows, sites, endings, days',
        querystring: InsightsQuery,
        response: { 200: InsightsView, 404: Problem, ...REFUSED },
      },
    },
    async (request, reply) => {
      const known = [...routes.table.newest.keys()];
      const query = askedFor(request.query, known, clock.now());
      const found = await readInsights(
        {
          store,
          showNumbers: options.showNumbers ?? false,
          newestFirst: (one, other) => compareVersions(other, one),
          isServed: (flow) => known.includes(flow),
        },
        query,
      );
      if (found !== null) return found;
      const message = `There is no flow ${JSON.stringify(query.flow.slice(0, 60))}, and no call of it was ever counted. ${didYouMean(query.flow, known)}`;
      return reply.code(404).send({ error: 'flow', message: message.trim() });
    },
  );
};

/** `POST /insights/count`, of the API alone. */
export const countRoutes: FastifyPluginAsyncTypebox<InsightRoutesOptions> = async (app, { server, tags }) => {
  app.post(
    '/insights/count',
    {
      config: needs('operate', 'insights.count'),
      schema: {
        ...(tags === undefined ? {} : { tags }),
        summary: `Count up to ${COUNT_BATCH} calls that ended on a server which did not count; each once`,
        response: { 200: CountedView, 403: RoleProblem, ...REFUSED },
      },
    },
    async () => server.countEnded(COUNT_BATCH),
  );
};

function askedFor({ flow, since, until, zone = 'UTC', ...same }: InsightsQuery, flows: readonly string[], now: number): Asked {
  const [only] = flows;
  if (flow === undefined && (only === undefined || flows.length > 1))
    throw new RequestError('query', `"flow": say which one. There are: ${flows.join(', ')}.`);
  const end = until === undefined ? now : timeOf('until', until);
  const begin = since === undefined ? end - USUAL_DAYS * DAY : timeOf('since', since);
  if (begin >= end) throw new RequestError('query', '"since" must be before "until".');
  if (end - begin > MAX_DAYS * DAY)
    throw new RequestError('query', `The period may have at most ${MAX_DAYS} days. Choose a later "since".`);
  try {
    localDate(new Date(end), zone);
  } catch {
    throw new RequestError('query', `"zone": there is no time zone ${JSON.stringify(zone)}. Write it like Asia/Singapore or UTC.`);
  }
  return { ...same, flow: flow ?? only ?? '', since: begin, until: end, zone };
}

function timeOf(name: string, text: string): number {
  const time = readTime(text);
  if (time === null || Math.abs(time) > 8.6e15)
    throw new RequestError('query', `"${name}" must be a time that there is, such as 2026-11-23T08:00:00Z.`);
  return time;
}
