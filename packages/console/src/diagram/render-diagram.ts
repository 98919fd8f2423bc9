import type { Chart, DrawingOptions } from '@hookswitch/dsl';
import { type ChartView, drawnPart, viewChart } from './chart-view.ts';
import { draw } from './draw.ts';
import { arrangeGraph } from './graph.ts';
import { layOut } from './layout.ts';

/** How a diagram is drawn. */
export interface DiagramOptions extends DrawingOptions {
  /** With colours (light and dark) and style inside, as a file needs them; the console's pages have their own. @default true */
  readonly standalone?: boolean;
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
  { standalone = true, universalKeys = false, taken }: DiagramOptions = {},
): Promise<string> {
  return draw(await layOut(arrangeGraph(drawnPart(chart, { universalKeys }), taken)), `Flow ${chart.flow}`, standalone);
}
