import type { Box } from '../lib/viewport.ts';

/** Where a node of a drawing is, and what it is. */
export interface Place extends Box {
  /** `capture`, `bridge`, `step`, `start`, `ended`, `failed`, `unplaced`, `jump`. */
  readonly kind: string;
}

const AT = /translate\(([\d.-]+) ([\d.-]+)\)/;
/** What is round is as large as the largest of its kind. */
const ROUND = 36;

/** The places of all nodes, as the drawing itself says: nothing has to be laid out for it. */
export function placesOf(svg: SVGSVGElement): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const node of svg.querySelectorAll<SVGGElement>('.hs-node')) {
    const [, x, y] = AT.exec(node.getAttribute('transform') ?? '') ?? [];
    const box = node.querySelector('rect.hs-box');
    const size = (name: 'width' | 'height'): number => Number(box?.getAttribute(name) ?? ROUND);
    const kind = /hs-node hs-(\S+)/.exec(node.getAttribute('class') ?? '')?.[1] ?? '';
    places.set(node.dataset['node'] ?? '', { x: Number(x ?? 0), y: Number(y ?? 0), width: size('width'), height: size('height'), kind });
  }
  return places;
}
