import type { InsightFigures } from '../../../src/views.ts';
import { partOf } from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';
const THINNEST = 1;
const THICKEST = 10;

/** Writes figures into a flow's drawing: the width of an arrow is its share of what left its site, and a red bar in a site's box the share of calls that ended there. */
export function paintInsights(svg: SVGSVGElement, { arrows, sites }: InsightFigures): void {
  const counts = new Map<string, number>();
  const left = new Map<string, number>();
  for (const { from, to, when, count } of arrows) {
    const key = keyOf(from, to, when);
    counts.set(key, (counts.get(key) ?? 0) + count);
    left.set(from, (left.get(from) ?? 0) + count);
  }
  for (const edge of svg.querySelectorAll<SVGGElement>('.hs-edge, .hs-label')) {
    const { source = '', target = '', when = '' } = edge.dataset;
    const [count, all] = [counts.get(keyOf(source, target, when)) ?? 0, left.get(source) ?? 0];
    edge.classList.toggle('insight-none', count === 0);
    const line = edge.querySelector<SVGPathElement>('.hs-line');
    if (line !== null) line.style.strokeWidth = `${all === 0 ? THINNEST : THINNEST + (THICKEST - THINNEST) * (count / all)}px`;
    const figure = edge.querySelector('.hs-figure');
    if (figure !== null) figure.textContent = count === 0 ? '' : partOf(count, all);
  }
  const bySite = new Map(sites.map((site) => [site.site, site]));
  for (const node of svg.querySelectorAll<SVGGElement>('.hs-node[data-site]')) {
    const site = bySite.get(node.dataset['site'] ?? '');
    const box = node.querySelector('rect');
    const figure = node.querySelector('.hs-figure');
    if (figure !== null)
      figure.textContent =
        site === undefined
          ? ''
          : `${site.calls.toLocaleString('en-US')} came${site.exits === 0 ? '' : `, ${partOf(site.exits, site.calls)} left`}`;
    // What is seen comes first in the name of a button, word by word.
    const seen = [...node.querySelectorAll(':scope > text')].map(({ textContent }) => textContent.trim()).join(' ');
    node.setAttribute('aria-label', seen);
    node.querySelector('.insight-exit')?.remove();
    if (box === null || site === undefined || site.exits === 0) continue;
    const width = Number(box.getAttribute('width')) || 0;
    const bar = document.createElementNS(SVG, 'rect');
    bar.setAttribute('class', 'insight-exit');
    bar.setAttribute('x', box.getAttribute('x') ?? '0');
    bar.setAttribute('y', String(Number(box.getAttribute('y') ?? 0) + (Number(box.getAttribute('height')) || 0) - 5));
    bar.setAttribute('width', String(Math.max(3, width * site.exitShare)));
    bar.setAttribute('height', '5');
    node.append(bar);
  }
}

function keyOf(from: string, to: string, when: string): string {
  return JSON.stringify([from, to, when]);
}
