/** What is marked on a diagram. */
export interface Marks {
  /** Where the call stands that is watched. */
  readonly lit: string | null;
  /** Where it stood before: the arrow between is marked too. */
  readonly previous: string | null;
  /** Live calls per site. */
  readonly counts: ReadonlyMap<string, number>;
  readonly selected: string | null;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Marks the nodes and arrows of a drawing, and makes its sites buttons. */
export function decorate(svg: SVGSVGElement, { lit, previous, counts, selected }: Marks): void {
  for (const node of svg.querySelectorAll<SVGGElement>('.hs-node')) {
    const name = node.dataset['node'] ?? '';
    const site = node.dataset['site'] ?? null;
    node.classList.toggle('hs-lit', lit !== null && name === lit);
    if (site === null) continue;
    const live = name === site ? (counts.get(site) ?? 0) : 0;
    node.classList.toggle('hs-selected', selected !== null && name === selected);
    node.setAttribute('tabindex', '0');
    node.setAttribute('role', 'button');
    node.setAttribute('aria-pressed', String(name === selected));
    node.setAttribute('aria-label', labelOf(node, site, name === site, live, name === lit));
    badge(node, live);
  }
  for (const edge of svg.querySelectorAll<SVGGElement>('.hs-edge, .hs-label')) {
    const { from, to = '' } = edge.dataset;
    edge.classList.toggle(
      'hs-taken',
      previous !== null && lit !== null && from === previous && (to === lit || to === `${lit}@${previous}`),
    );
  }
}

function labelOf(node: SVGGElement, site: string, isSite: boolean, live: number, isLit: boolean): string {
  if (!isSite) return `Leads to ${site}`;
  const says = node.querySelector('title')?.textContent ?? site;
  const calls = live === 0 ? '' : `, ${live} ${live === 1 ? 'call' : 'calls'} here now`;
  return `${says}${calls}${isLit ? ', the call is here' : ''}`;
}

/** A number at the corner of a box. */
function badge(node: SVGGElement, live: number): void {
  let group = node.querySelector<SVGGElement>('.hs-badge');
  if (live === 0) {
    group?.remove();
    return;
  }
  const box = node.querySelector('.hs-box');
  const right = Number(box?.getAttribute('width') ?? 0);
  const text = live > 999 ? '999+' : String(live);
  const width = 14 + text.length * 7;
  if (group === null) {
    group = document.createElementNS(SVG, 'g');
    group.classList.add('hs-badge');
    group.append(document.createElementNS(SVG, 'rect'), document.createElementNS(SVG, 'text'));
    node.append(group);
  }
  const [rect, label] = group.children as unknown as [SVGRectElement, SVGTextElement];
  group.setAttribute('transform', `translate(${right - width + 8} -9)`);
  rect.setAttribute('width', String(width));
  rect.setAttribute('height', '20');
  rect.setAttribute('rx', '10');
  label.setAttribute('x', String(width / 2));
  label.setAttribute('y', '14');
  label.setAttribute('text-anchor', 'middle');
  label.textContent = text;
}
