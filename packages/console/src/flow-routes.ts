import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { didYouMean } from '@hookswitch/dsl';
import { needs } from '@hookswitch/runtime/inside';
import { Type } from 'typebox';
import { type ChartView, inLanguage, languagesOf } from './diagram/chart-view.ts';
import { Drawings } from './drawings.ts';
import { coveredBy, type FlowTests } from './flow-tests.ts';
import type { FlowSummary, FlowView, TestView } from './views.ts';

/** Options of the flows' routes. */
export interface FlowRoutesOptions {
  /** The charts of the flows that are served now. */
  readonly charts: () => readonly ChartView[];
  /** Flows that are served, whether they were explored or not. @default those with a chart */
  readonly names?: () => readonly string[];
  /** The tests of the flows, where they are at hand. @default nothing is known of them */
  readonly tests?: FlowTests;
}

const NO_TESTS = {
  message: 'What your tests took is shown where you write them.',
  command: 'npx hookswitch dev',
};

/** What a list says of a chart. */
export function summariseFlow({ flow, version, sites }: ChartView): FlowSummary {
  return { name: flow, version, sites: sites.length };
}

const Query = Type.Object(
  {
    version: Type.Optional(Type.String()),
    language: Type.Optional(Type.String()),
    layer: Type.Optional(Type.Union([Type.Literal('live'), Type.Literal('insights'), Type.Literal('tests')])),
    keys: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const ArrowQuery = Type.Object(
  {
    from: Type.String(),
    label: Type.String(),
    to: Type.String(),
    when: Type.Union([Type.Literal('start'), Type.Literal('answer'), Type.Literal('ended')]),
  },
  { additionalProperties: false },
);

/** Flows and their diagrams. A diagram is laid out once, however often it is asked for. */
export const flowRoutes: FastifyPluginAsyncTypebox<FlowRoutesOptions> = async (app, { charts, names, tests }) => {
  const drawings = new Drawings();

  app.get(
    '/flows/:name',
    { config: needs('read'), schema: { params: Type.Object({ name: Type.String() }), querystring: Query } },
    async (request, reply): Promise<FlowView> => {
      const { name } = request.params;
      const { version, language, layer = 'live', keys = false } = request.query;
      const served = charts();
      const versions = served.filter(({ flow }) => flow === name);
      const chart = versions.find((one) => one.version === version) ?? versions.at(-1);
      if (chart === undefined) {
        const known = names?.() ?? served.map(({ flow }) => flow);
        if (known.includes(name)) return PENDING(name);
        const message = `There is no flow "${name}". ${didYouMean(name, known)}There are: ${known.join(', ')}.`;
        return reply.code(404).send({ error: 'flow', message });
      }
      const languages = languagesOf(chart);
      if (language !== undefined && !languages.includes(language)) {
        const spoken = languages.length === 0 ? 'names no language' : `speaks ${languages.join(', ')}`;
        const message = `The flow "${name}" does not speak "${language}". ${didYouMean(language, languages)}It ${spoken}.`;
        return reply.code(404).send({ error: 'language', message });
      }
      const covered = layer === 'tests' ? coveredBy(tests?.coverage() ?? NO_TESTS, chart) : null;
      const svg = await drawings.of(chart, { language, universalKeys: keys, figures: layer === 'insights' }, covered?.parts);
      return {
        isPending: false,
        chart: language === undefined ? chart : inLanguage(chart, language),
        svg,
        languages,
        tests: covered?.view ?? null,
      };
    },
  );

  app.get(
    '/flows/:name/test',
    { config: needs('read'), schema: { params: Type.Object({ name: Type.String() }), querystring: ArrowQuery } },
    async (request, reply): Promise<TestView> => {
      const { name } = request.params;
      const { from, label, to } = request.query;
      const test = (await tests?.write(name, request.query)) ?? null;
      if (test !== null) return test;
      const message =
        tests === undefined
          ? `${NO_TESTS.message} Run: ${NO_TESTS.command}`
          : `The flow "${name}" has no answer "${label}" that leads from "${from}" to "${to}". Load the page again: its code has changed.`;
      return reply.code(404).send({ error: 'arrow', message });
    },
  );
};

const PENDING = (flow: string): FlowView => ({
  isPending: true,
  chart: { flow, version: '', sites: [], arrows: [], truncated: false },
  svg: '',
  languages: [],
  tests: null,
});
