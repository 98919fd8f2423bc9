import type { Chart, FlowModule } from '@hookswitch/dsl';

/** The chart of a flow that nobody has explored: it is served all the same, since a machine goes where its flow goes. */
export function uncharted({ name, options }: FlowModule): Chart {
  return {
    flow: name,
    version: options.version,
    sites: new Map(),
    arrows: [],
    signals: new Map(),
    explored: { calls: 0, replays: 0, answers: 0, walks: 0, strays: 0, truncated: true, limits: [], openLoops: 0 },
    arrowsFrom: () => [],
    pathTo: () => null,
  };
}
