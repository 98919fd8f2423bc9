import type { ChartView } from './diagram/chart-view.ts';
import { type DiagramOptions, renderChartView } from './diagram/render-diagram.ts';
import type { FlowCovered } from './flow-tests.ts';

type Drawn = Pick<DiagramOptions, 'language' | 'universalKeys' | 'figures'>;

interface Drawing {
  readonly svg: Promise<string>;
  /** What tests took of it then. */
  readonly report: object | undefined;
}

/** Diagrams of charts, in each form that was asked for. What tests took is drawn anew when they took something else. */
export class Drawings {
  readonly #known = new WeakMap<ChartView, Map<string, Drawing>>();

  of(chart: ChartView, options: Drawn, parts: FlowCovered['parts'] = null): Promise<string> {
    let forms = this.#known.get(chart);
    if (forms === undefined) this.#known.set(chart, (forms = new Map()));
    const form = JSON.stringify([options.language, options.universalKeys, options.figures, parts !== null]);
    const known = forms.get(form);
    if (known !== undefined && known.report === parts?.report) return known.svg;
    const svg = renderChartView(chart, { ...options, standalone: false, ...(parts === null ? {} : { taken: parts.taken }) });
    forms.set(form, { svg, report: parts?.report });
    return svg;
  }
}
