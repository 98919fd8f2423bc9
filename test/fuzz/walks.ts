import { explore, type FlowModule, toMermaid, toStately, verify } from '@hookswitch/dsl';
import fc from 'fast-check';
import { Agreement } from './agreement.ts';
import { arrowsThatAreNot } from './arrows.ts';
import { EXAMPLES } from './examples.ts';
import { planToFlow } from './plan-to-flow.ts';
import { randomPlan } from './random-plan.ts';

/** How much is walked. The same numbers walk the same ways. */
export interface WalkOptions {
  readonly seed: number;
  /** Generated flows, or rounds over all examples. */
  readonly flows: number;
  readonly callsPerFlow: number;
}

/** What walks came to. */
export interface WalkReport {
  readonly flows: number;
  readonly calls: number;
  readonly turns: number;
  readonly sites: number;
  readonly arrows: number;
}

/** Answers that exploration gives at most: enough for most generated flows, and for the others a chart with holes, which must do no harm. */
const MAX_ANSWERS = 600;

const dice = (calls: number) => fc.array(fc.array(fc.nat(100_000), { maxLength: 30, size: 'max' }), { minLength: calls, maxLength: calls });

/** Walks over generated flows: machine, server, restored server and replay agree, and what the chart draws is there. Throws with the smallest flow where not. */
export async function walkGeneratedFlows({ seed, flows, callsPerFlow }: WalkOptions): Promise<WalkReport> {
  const report = { flows: 0, calls: 0, turns: 0, sites: 0, arrows: 0 };
  const property = fc.asyncProperty(randomPlan, dice(callsPerFlow), async (plan, calls) => {
    const flow = planToFlow(plan);
    const chart = explore(flow, { maxAnswers: MAX_ANSWERS, quietWalks: 10 });
    const [missing] = arrowsThatAreNot(flow, chart);
    if (missing !== undefined) throw new Error(`the arrow from "${missing.from}" by "${missing.label}" to "${missing.to}" is not there`);
    toMermaid(chart);
    toStately(chart);
    const agreement = await Agreement.of(flow, chart);
    try {
      for (const call of calls) report.turns += await agreement.play(call);
    } finally {
      await agreement.close();
    }
    report.flows++;
    report.calls += calls.length;
    report.sites += chart.sites.size;
    report.arrows += chart.arrows.length;
  });
  await fc.assert(property, { seed, numRuns: flows });
  return report;
}

/** Random calls of every example. */
export async function walkExamples({ seed, flows, callsPerFlow }: WalkOptions): Promise<WalkReport> {
  const report = { flows: EXAMPLES.length, calls: 0, turns: 0, sites: 0, arrows: 0 };
  for (const flow of EXAMPLES) {
    const chart = explore(flow);
    const agreement = await Agreement.of(flow, chart, 'from-server');
    report.sites += chart.sites.size;
    report.arrows += chart.arrows.length;
    try {
      const property = fc.asyncProperty(dice(callsPerFlow), async (calls) => {
        for (const call of calls) report.turns += await agreement.play(call);
        report.calls += calls.length;
      });
      await fc.assert(property, { seed, numRuns: flows });
    } finally {
      await agreement.close();
    }
  }
  return report;
}

/** Verifies generated flows: whatever it finds, it comes to an end and finds the same again. */
export function verifyGeneratedFlows({ seed, flows }: Pick<WalkOptions, 'seed' | 'flows'>): void {
  const problems = (flow: FlowModule) => JSON.stringify(verify(flow, { maxAnswers: MAX_ANSWERS, quietWalks: 5 }).problems);
  fc.assert(
    fc.property(randomPlan, (plan) => {
      const flow = planToFlow(plan);
      const [first, second] = [problems(flow), problems(flow)];
      if (first !== second) throw new Error('verified again, the flow has other problems');
    }),
    { seed, numRuns: flows },
  );
}
