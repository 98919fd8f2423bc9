import { type Coverage, takenParts } from '@hookswitch/dsl/coverage';
import type { ArrowName, TakenParts } from '@hookswitch/dsl';
import type { ChartView } from './diagram/chart-view.ts';
import type { TestsView, TestView } from './views.ts';

/** What is known of the tests of a project, where flows are written. */
export interface FlowTests {
  /** What the reporter of the tests has written last; the same object until it writes again. Or why there is nothing, and what to do. */
  coverage(): Coverage | NonNullable<TestsView['problem']>;
  /** Writes a test that takes an arrow; null where the flow as it is now has no such arrow, or can't be asked. */
  write(flow: string, arrow: ArrowName): Promise<TestView | null>;
}

/** What tests took of a flow: for its drawing, and in words. */
export interface FlowCovered {
  /** Null where that is not known; else the same `report` with the same parts. */
  readonly parts: { readonly report: Coverage; readonly taken: TakenParts } | null;
  readonly view: TestsView;
}

/** What tests took of a chart's flow. */
export function coveredBy(known: ReturnType<FlowTests['coverage']>, { flow, version }: ChartView): FlowCovered {
  if (!('flows' in known)) return unknown(known);
  const found = known.flows.find((one) => one.name === flow && one.version === version);
  const taken = takenParts(known, flow, version);
  if (found === undefined || taken === null) {
    const message = `No test has called version ${version} of ${flow}. Write one, or go to a site and copy a test that leads there; then run your tests.`;
    return unknown({ message, command: 'npx vitest run' });
  }
  return {
    parts: { report: known, taken },
    view: {
      problem: null,
      sites: found.sites.map(({ name, ...site }) => ({ name, taken: site.taken, tests: site.tests })),
      arrows: found.arrows.map(({ from, label, to, when, ...arrow }) => ({
        from,
        label,
        to,
        when,
        taken: arrow.taken,
        tests: arrow.tests,
      })),
    },
  };
}

function unknown(problem: TestsView['problem']): FlowCovered {
  return { parts: null, view: { problem, sites: [], arrows: [] } };
}
