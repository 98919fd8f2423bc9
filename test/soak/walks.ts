import { walkExamples, walkGeneratedFlows } from '../fuzz/walks.ts';
import type { Scenario } from './scenario.ts';

const CALLS_PER_FLOW = 8;
/** Walks for each call that is asked for: 10,000 for the 2,000 that are the default, of which a fifth over the examples. */
const WALKS_PER_CALL = 5;
const EXAMPLES = 7;

export const walks: Scenario = {
  what: 'random calls of generated flows and of every example; server, restored server, machine alone and replay must all say the same.',
  stores: ['sqlite'],
  async run({ calls, seed, tell }) {
    const all = calls * WALKS_PER_CALL;
    const examples = await walkExamples({ seed, flows: Math.ceil(all / 5 / EXAMPLES / CALLS_PER_FLOW), callsPerFlow: CALLS_PER_FLOW });
    tell(`examples: ${examples.calls} calls, ${examples.turns} turns`);
    const sum = { flows: 0, calls: 0, turns: 0, sites: 0, arrows: 0 };
    while (sum.calls < all - examples.calls) {
      const some = await walkGeneratedFlows({ seed: seed + sum.flows, flows: 25, callsPerFlow: CALLS_PER_FLOW });
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += some[key];
      tell(`generated flows: ${sum.flows} flows, ${sum.calls} calls, ${sum.turns} turns`);
    }
    const { flows, sites, arrows } = sum;
    return { wrong: [], figures: { calls: examples.calls + sum.calls, turns: examples.turns + sum.turns, flows, sites, arrows } };
  },
};
