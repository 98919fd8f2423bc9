/** What is marked on a diagram. */
export interface Marks {
  /** Where the call stands that is watched. */
  readonly lit: string | null;
  /** Where it stood before: the arrow between is marked too. */
  readonly previous: string | null;
  /** Live calls per site. */
  readonly counts: ReadonlyMap<string, number>;
  readonly selected: string | null;
  /** Sites that somebody looks for; null while nobody does. */
  readonly found?: ReadonlySet<string> | null;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Marks the nodes and arrows of a drawing, and makes its sites buttons; `isTabbed`: the key Tab goes from one to the next. */
export function decorate(svg: SVGSVGElement, { lit, previous, counts, selected, found = null }: Marks, isTabbed: boolean): void {
  svg.classList.toggle('hs-searched', found !== null);
  for (const node of svg.querySelectorAll<SVGGElement>('.hs-node')) {
    const name = node.dataset['node'] ?? '';
    const site = node.dataset['site'] ?? null;
    node.classList.toggle('hs-lit', lit !== null && name === lit);
    if (site === null) continue;
    const live = name === site ? (counts.get(site) ?? 0) : 0;
    node.classList.toggle('hs-selected', selected !== null && name === selected);
    node.classList.toggle('hs-found', found?.has(site) === true);
    node.setAttribute('tabindex', isTabbed ? '0' : '-1');
    node.setAttribute('role', 'button');
    node.setAttribute('aria-pressed', String(name === selected));
    node.setAttribute('aria-label', labelOf(node, site, name === site, live, name === lit));
    badge(node, live);
  }
  for (const edge of svg.querySelectorAll<SVGGElement>('.hs-edge, .hs-label')) {
    const { source, target } = edge.dataset;
    edge.classList.toggle('hs-came', previous !== null && lit !== null && source === previous && target === lit);
  }
}

function labelOf(node: SVGGElement, site: string, isSite: boolean, live: number, isLit: boolean): string {
  // What is seen comes first, word by word, so that it can be said to a machine that listens.
  const texts = [...node.querySelectorAll(':scope > text')];
  // Between two texts of a drawing there is no space but the one that is put there.
  for (const text of texts) if (!text.textContent.endsWith(' ')) text.textContent += ' ';
  const seen = texts.map(({ textContent }) => textContent.trim()).join(' ');
  if (!isSite) return seen === site ? `${site}, elsewhere on the diagram` : `${seen}, leads to ${site}`;
  const whole = node.querySelector('title')?.textContent ?? site;
  const isWhole = plain(whole) === plain(seen);
  const first = isWhole && live === 0 ? whole : seen;
  const calls = live === 0 ? '' : ` ${badgeText(live)} ${live === 1 ? 'call' : 'calls'} here now`;
  return `${first}${calls}${isLit ? ', the call is here' : ''}${isWhole ? '' : `. ${whole}`}`;
}

function plain(text: string): string {
  return text.replace(/[\s:…]+/g, ' ').trim();
}

function badgeText(live: number): string {
  return live > 999 ? '999+' : String(live);
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
  const text = badgeText(live);
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
