import type { Chart } from '@hookswitch/dsl';

/** A site of a chart, as pages and diagrams show it. */
export interface SiteView {
  readonly name: string;
  readonly kind: 'capture' | 'bridge' | 'step';
  /** What is spoken before the wait; up to eight variants. */
  readonly prompts: readonly string[];
  /** Labels of all classes of answers. */
  readonly answers: readonly string[];
  readonly sensitive: boolean;
  /** Shortest way here: keys, outcomes, results. */
  readonly path: readonly string[];
}

/** An arrow of a chart. */
export interface ArrowView {
  /** A site; `idle` for the start of the call, `ended` for what follows the flow's last words. */
  readonly from: string;
  readonly label: string;
  /** A site, or `ended`, `failed`, `closed`. */
  readonly to: string;
  readonly when: 'start' | 'answer' | 'ended';
}

/** A chart as plain JSON: what a process hands to another, and the server to the page. */
export interface ChartView {
  readonly flow: string;
  readonly version: string;
  readonly sites: readonly SiteView[];
  readonly arrows: readonly ArrowView[];
  /** True where exploration stopped before all was seen. */
  readonly truncated: boolean;
}

/** The plain form of a chart. */
export function viewChart(chart: Chart): ChartView {
  return {
    flow: chart.flow,
    version: chart.version,
    sites: [...chart.sites.values()].map(({ name, kind, prompts, answers, sensitive, witness }) => ({
      name,
      kind,
      prompts: prompts.filter(Boolean),
      answers,
      sensitive,
      path: witness.labels,
    })),
    arrows: chart.arrows.map(({ from, label, to, when }) => ({ from, label, to, when })),
    truncated: chart.explored.truncated,
  };
}
