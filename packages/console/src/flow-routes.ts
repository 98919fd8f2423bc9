import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { didYouMean } from '@hookswitch/dsl';
import { needs } from '@hookswitch/runtime/inside';
import { Type } from 'typebox';
import type { ChartView } from './diagram/chart-view.ts';
import { renderChartView } from './diagram/render-diagram.ts';
import type { FlowSummary, FlowView } from './views.ts';

/** Options of the flows' routes. */
export interface FlowRoutesOptions {
  /** The charts of the flows that are served now. */
  readonly charts: () => readonly ChartView[];
  /** Flows that are served, whether they were explored or not. @default those with a chart */
  readonly names?: () => readonly string[];
}

/** What a list says of a chart. */
export function summariseFlow({ flow, version, sites }: ChartView): FlowSummary {
  return { name: flow, version, sites: sites.length };
}

/** Flows and their diagrams. A diagram is laid out once, however often it is asked for. */
export const flowRoutes: FastifyPluginAsyncTypebox<FlowRoutesOptions> = async (app, { charts, names }) => {
  const drawn = { plain: new WeakMap<ChartView, Promise<string>>(), keys: new WeakMap<ChartView, Promise<string>>() };

  app.get(
    '/flows/:name',
    {
      config: needs('read'),
      schema: {
        params: Type.Object({ name: Type.String() }),
        querystring: Type.Object(
          { version: Type.Optional(Type.String()), keys: Type.Optional(Type.Boolean()) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply): Promise<FlowView> => {
      const { name } = request.params;
      const served = charts();
      const versions = served.filter(({ flow }) => flow === name);
      const chart = versions.find(({ version }) => version === request.query.version) ?? versions.at(-1);
      if (chart === undefined) {
        const known = names?.() ?? served.map(({ flow }) => flow);
        if (known.includes(name))
          return { isPending: true, chart: { flow: name, version: '', sites: [], arrows: [], truncated: false }, svg: '' };
        const message = `There is no flow "${name}". ${didYouMean(name, known)}There are: ${known.join(', ')}.`;
        return reply.code(404).send({ error: 'flow', message });
      }
      const universalKeys = request.query.keys === true;
      const known = drawn[universalKeys ? 'keys' : 'plain'];
      let svg = known.get(chart);
      if (svg === undefined) known.set(chart, (svg = renderChartView(chart, { standalone: false, universalKeys })));
      return { isPending: false, chart, svg: await svg };
    },
  );
};
