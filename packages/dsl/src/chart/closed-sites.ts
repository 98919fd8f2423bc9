import type { Chart, ChartSite } from './chart.ts';
import { NOT_PLACED } from './not-placed.ts';

/** Sites from which nothing that is known leads to the end of the call. */
export function closedSites(chart: Chart): readonly ChartSite[] {
  const open = leadingToTheEnd(chart);
  return [...chart.sites.values()].filter(({ name }) => !open.has(name));
}

/** The sites from which answers lead to the end. A session that ends by itself, or a flow that throws, is a way out too. */
function leadingToTheEnd(chart: Chart): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  const answered = new Set(chart.arrows.filter(({ when }) => when === 'answer').map(({ from }) => from));
  for (const { from, to, when } of chart.arrows) {
    // Where nothing is answered any more, what comes after the session's end is all there is.
    if (when === 'ended' && answered.has(from)) continue;
    const known = before.get(to);
    if (known === undefined) before.set(to, [from]);
    else known.push(from);
  }
  const open = new Set(['ended', 'failed', 'closed', NOT_PLACED]);
  for (const site of open) for (const from of before.get(site) ?? []) open.add(from);
  return open;
}
