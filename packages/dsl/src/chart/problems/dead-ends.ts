import type { Chart, ChartSite } from '../chart.ts';
import { closedSites } from '../closed-sites.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';

/** Finds sites from which no answer, whatever it is, leads to the end of the call: a caller can only hang up. */
export function inspectDeadEnds({ sources }: Subject): Inspection {
  return {
    *finish(chart) {
      // What was not looked at may be the way out.
      if (chart.explored.truncated) return;
      for (const group of connected(chart, closedSites(chart))) yield problemOf(group, sources.of((group[0] as ChartSite).name));
    },
  };
}

/** Sites that lead to each other, in groups; in each the one that is reached soonest comes first. */
function connected(chart: Chart, sites: readonly ChartSite[]): readonly (readonly ChartSite[])[] {
  const left = new Set(sites.toSorted((a, b) => a.witness.labels.length - b.witness.labels.length));
  const groups: ChartSite[][] = [];
  for (const first of left) {
    const group = [first];
    left.delete(first);
    for (const site of group) {
      for (const { to, when } of chart.arrowsFrom(site.name)) {
        const next = chart.sites.get(to);
        if (when !== 'answer' || next === undefined || !left.delete(next)) continue;
        group.push(next);
      }
    }
    groups.push(group);
  }
  return groups;
}

function problemOf(group: readonly ChartSite[], source: string | null): Problem {
  const [first, ...others] = group as [ChartSite, ...ChartSite[]];
  const more = others.length === 0 ? '' : `, nor from ${others.map(({ name }) => `"${name}"`).join(', ')}`;
  return {
    code: 'HS_VERIFY_DEAD_END',
    severity: 'error',
    site: first.name,
    path: first.witness.labels,
    message: `From "${first.name}" no answer leads to the end of the call${more}: the caller can only hang up. Add a way out.`,
    source,
  };
}
