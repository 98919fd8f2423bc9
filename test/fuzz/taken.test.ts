import { compile, type FlowModule } from '@hookswitch/dsl';
import { forEveryCall, type RandomCall } from '@hookswitch/dsl/testing';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { arrowTitle } from '../../packages/dsl/src/chart/arrow-title.ts';
import { gatherCoverage } from '../../packages/dsl/src/covered/coverage.ts';
import { arrowKey } from '../../packages/dsl/src/covered/handed.ts';
import { handedBy, MetaRecorder, type TestTask } from '../../packages/dsl/src/covered/meta-recorder.ts';
import { recordCalls } from '../../packages/dsl/src/testing/recorder.ts';
import { walkPath } from '../../packages/dsl/src/testing/walk-path.ts';
import { EXAMPLES } from './examples.ts';
import { planToFlow } from './plan-to-flow.ts';
import { randomPlan } from './random-plan.ts';

/** Answers that exploration of a generated flow gives at most: a chart with holes does no harm here. */
const MAX_ANSWERS = 600;

afterEach(() => recordCalls(null));

/** Walks every arrow of a chart, and looks at what was recorded: the arrow, as the last one of its call, and nothing that is not on the chart. */
async function walkEveryArrow(flow: FlowModule, maxAnswers?: number): Promise<number> {
  const compiled = compile(flow, maxAnswers === undefined ? {} : { explore: { maxAnswers, quietWalks: 5 } });
  for (const arrow of compiled.chart.arrows) {
    const taken: string[] = [];
    recordCalls({ took: (_chart, one) => void taken.push(`${arrowTitle(one)}${one.charted ? '' : ' (off the chart)'}`) });
    await walkPath(compiled, arrow);
    // What follows the end by itself is recorded behind it.
    expect(taken, `${arrowTitle(arrow)} of ${flow.name}`).toContain(arrowTitle(arrow));
    const others = taken.filter((title) => title.endsWith('(off the chart)'));
    if (maxAnswers === undefined) expect(others, arrowTitle(arrow)).toEqual([]);
  }
  return compiled.chart.arrows.length;
}

/** Makes random calls, and compares what is reported with what they say of themselves. */
async function compareWithCalls(flow: FlowModule, seed: number): Promise<void> {
  const task: TestTask = { meta: {}, file: { meta: {} } };
  recordCalls(new MetaRecorder(() => task));
  const sites = new Set<string>();
  const pairs = new Set<string>();
  const note = (call: RandomCall): void => {
    call.sites.forEach((site, index) => {
      sites.add(site);
      pairs.add(`${call.sites[index - 1] ?? 'idle'} → ${site}`);
    });
  };
  await forEveryCall(flow, note, { seed, runs: 60 });
  recordCalls(null);
  const handed = [task.file.meta, task.meta].map((meta) => ({ by: 'a', handed: handedBy(structuredClone(meta)) }));
  const [found] = gatherCoverage(handed, { generated: true, universalKeys: true, hangUps: true }).flows;
  if (found === undefined) return expect.fail(`nothing of ${flow.name} was recorded`);
  const known = new Set(found.sites.map(({ name }) => name));
  expect(found.sites.filter(({ taken }) => taken).map(({ name }) => name)).toEqual([...known].filter((name) => sites.has(name)));
  const between = (some: readonly { readonly from: string; readonly to: string }[]): ReadonlySet<string> =>
    new Set(some.filter(({ to }) => known.has(to)).map(({ from, to }) => `${from} → ${to}`));
  // Behind the flow's last words only what tidies up is a site.
  const calm = (all: ReadonlySet<string>): string[] => [...all].filter((pair) => !pair.startsWith('ended → ')).toSorted();
  const reported = between(found.arrows.filter(({ taken }) => taken));
  expect(calm(reported).filter((pair) => !pairs.has(pair))).toEqual([]);
  const offChart = new Set(takenOff(task, new Set(found.arrows.map(arrowKey))));
  const leadsToSite = (pair: string): boolean => known.has(pair.split(' → ')[1] ?? '');
  expect([...pairs].filter((pair) => leadsToSite(pair) && !reported.has(pair) && !offChart.has(pair))).toEqual([]);
}

/** The ways between sites that calls took off the chart. */
function takenOff({ meta }: TestTask, charted: ReadonlySet<string>): readonly string[] {
  const keys = (handedBy(meta).taken ?? []).flatMap(({ arrows }) => Object.keys(arrows));
  return keys
    .filter((key) => !charted.has(key))
    .map((key) => {
      const [from, , to] = JSON.parse(key) as [string, string, string];
      return `${from} → ${to}`;
    });
}

describe('what is reported as taken', () => {
  it.each(EXAMPLES.map((flow) => [flow.name, flow] as const))('is each arrow that a phone takes: %s', async (_name, flow) => {
    expect(await walkEveryArrow(flow)).toBeGreaterThan(2);
  });

  it('is each arrow that a phone takes: generated flows', async () => {
    const plans = fc.sample(randomPlan, { seed: 3, numRuns: 12 });
    let arrows = 0;
    for (const plan of plans) arrows += await walkEveryArrow(planToFlow(plan), MAX_ANSWERS);
    expect(arrows).toBeGreaterThan(100);
  });

  it.each(EXAMPLES.map((flow) => [flow.name, flow] as const))(
    'is what random calls did, and what is not, none of them did: %s',
    async (_name, flow) => {
      await compareWithCalls(flow, 11);
    },
  );

  it('is what random calls did, and what is not, none of them did: generated flows', async () => {
    const plans = fc.sample(randomPlan, { seed: 4, numRuns: 4 });
    for (const plan of plans) await compareWithCalls(planToFlow(plan), 12);
  });
});
