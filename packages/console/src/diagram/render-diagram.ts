import type { Chart, DrawingOptions } from '@hookswitch/dsl';
import { type ChartView, drawnPart, inLanguage, viewChart } from './chart-view.ts';
import { draw } from './draw.ts';
import { arrangeGraph } from './graph.ts';
import { layOut } from './layout.ts';

/** How a diagram is drawn. */
export interface DiagramOptions extends DrawingOptions {
  /** With colours (light and dark) and style inside, as a file needs them; the console's pages have their own. @default true */
  readonly standalone?: boolean;
  /** The language of the prompts, where a flow speaks several, e.g. `zh-CN`. @default the flow's own */
  readonly language?: string | undefined;
  /** With a line left in each box and at each arrow, for figures that pages write there. @default false */
  readonly figures?: boolean;
}

/**
 * A flow's chart as SVG: a box for each site with its kind and the first words of its prompt, arrows with the keys, outcomes and results that lead along them.
 *
 * @throws DiagramError where no layout is found.
 */
export function renderDiagram(chart: Chart, options: DiagramOptions = {}): Promise<string> {
  return renderChartView(viewChart(chart), options);
}

/** The same for a chart in its plain form. */
export async function renderChartView(
  chart: ChartView,
  { standalone = true, universalKeys = false, taken, language, figures = false }: DiagramOptions = {},
): Promise<string> {
  const spoken = language === undefined ? chart : inLanguage(chart, language);
  return draw(await layOut(arrangeGraph(drawnPart(spoken, { universalKeys }), taken), figures), `Flow ${chart.flow}`, standalone);
}
