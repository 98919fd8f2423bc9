import type { ChartView } from '../../../src/views.ts';
import { ArrowCounts, figureText, type Figures, numberText, shareText, timeText } from './figures.ts';
import type { OutlineLayer } from './row-says.ts';

/** Widths of arrows, pixels of the diagram. */
const THIN = 1.5;
const THICK = 10;

/** What calls came to: how many reached a site, and how many ended there. */
export function insightsLayer(figures: Figures | null): OutlineLayer {
  const known = new Map(figures?.sites.map((site) => [site.site, site]));
  const all = figures?.calls ?? 0;
  return {
    heads: ['Share', 'Exits'],
    says: (sites) => {
      const found = sites.flatMap((site) => known.get(site) ?? []);
      if (all === 0 || sites.length === 0) return { columns: ['', ''], words: '' };
      // Of what is folded, at least as many came by as at the site with most of them.
      const reached = Math.max(0, ...found.map(({ calls }) => calls));
      const exits = found.reduce((sum, one) => sum + one.exits, 0);
      const words = `reached by ${shareText(reached, all)} of ${numberText(all)} calls, ${numberText(exits)} ended here`;
      return { columns: [shareText(reached, all), exits === 0 ? '' : numberText(exits)], words };
    },
  };
}

/** Writes figures into a drawing that has room for them: widths and shares at arrows; in boxes who came, who left, and how long it took. */
export function paintFigures(svg: SVGSVGElement, chart: ChartView, figures: Figures, keys: boolean): void {
  const counts = new ArrowCounts(figures, chart, keys);
  const edges = [...svg.querySelectorAll<SVGGElement>('.hs-edge, .hs-label')];
  const most = Math.max(1, ...edges.map((edge) => counts.of(drawnOf(edge))));
  for (const edge of edges) {
    const drawn = drawnOf(edge);
    const count = counts.of(drawn);
    edge.classList.toggle('hs-never', count === 0);
    const line = edge.querySelector<SVGPathElement>('.hs-line');
    if (line !== null) line.style.strokeWidth = `${THIN + ((THICK - THIN) * count) / most}px`;
    write(edge, [figureText(count, counts.leaving(drawn.source))]);
  }
  const sites = new Map(figures.sites.map((site) => [site.site, site]));
  for (const node of svg.querySelectorAll<SVGGElement>('.hs-node[data-site]')) {
    const site = sites.get(node.dataset['node'] ?? '');
    const [calls, exits] = [site?.calls ?? 0, site?.exits ?? 0];
    write(node, [
      `${shareText(calls, figures.calls)} came`,
      exits === 0 ? '' : `${shareText(exits, calls)} left`,
      site?.time == null ? '' : timeText(site.time.median),
    ]);
  }
}

function drawnOf({ dataset }: SVGGElement): { readonly source: string; readonly target: string; readonly when: string } {
  return { source: dataset['source'] ?? '', target: dataset['target'] ?? '', when: dataset['when'] ?? '' };
}

function write(group: SVGGElement, texts: readonly string[]): void {
  group.querySelectorAll('.hs-figure').forEach((place, index) => {
    const text = texts[index] ?? '';
    if (place.textContent !== text) place.textContent = text;
  });
}
