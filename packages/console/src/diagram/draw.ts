import { directionOf, textOf } from '../language.ts';
import { ICONS } from './icons.ts';
import { FONT, ICON, type Layout, LINE, PADDING, type PlacedEdge, type PlacedNode, type Point } from './layout.ts';
import { DIAGRAM_COLOURS, DIAGRAM_STYLE } from './style.ts';

/** Radius of a bend, pixels. */
const BEND = 8;
const HEAD_LENGTH = 8;
const HEAD_WIDTH = 4;
/** Room for what the lines mean, below the diagram. */
const LEGEND_HEIGHT = 24;

/** Draws a layout as SVG: a file of its own, or without colours and style for a page that has them. */
export function draw(layout: Layout, title: string, standalone: boolean): string {
  const { width } = layout;
  const isPainted = standalone && layout.edges.some(({ taken }) => taken !== undefined);
  const height = layout.height + (isPainted ? LEGEND_HEIGHT : 0);
  // A file that is opened is seen whole: in a wide one, its first corner may hold nothing.
  const size = standalone ? ` width="${width}" height="${height}" style="max-width:100%;max-height:100vh"` : '';
  const style = standalone
    ? `<style>${DIAGRAM_COLOURS}\n${DIAGRAM_STYLE}</style><rect class="hs-paper" width="${width}" height="${height}"/>`
    : '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="hs-diagram"${size} viewBox="0 0 ${width} ${height}" role="group" aria-label="${escapeXml(title)}">` +
    `<title>${escapeXml(title)}</title>${style}` +
    `<g class="hs-edges">${layout.edges.map(line).join('')}</g>` +
    `<g class="hs-nodes">${layout.nodes.map((placed) => node(placed, layout.hasFigures)).join('')}</g>` +
    `<g class="hs-labels">${layout.edges.map(label).join('')}</g>${isPainted ? legend(layout.height) : ''}</svg>\n`
  );
}

/** What solid and dashed lines mean. */
function legend(y: number): string {
  const part = (x: number, state: string, text: string): string =>
    `<g class="hs-${state}"><path class="hs-line" d="M${x} ${num(y + 8)}h36"/><text x="${x + 44}" y="${num(y + 12)}" font-size="${FONT.label}">${text}</text></g>`;
  return `<g class="hs-legend">${part(16, 'taken', 'taken by tests')}${part(160, 'untaken', 'by none')}</g>`;
}

/** The class of what tests took, and of what none did. */
function takenClass(taken: boolean | undefined): string {
  return taken === undefined ? '' : taken ? ' hs-taken' : ' hs-untaken';
}

function line(edge: PlacedEdge): string {
  if (edge.points.length < 2) return '';
  const [tip, before] = [edge.points.at(-1) as Point, edge.points.at(-2) as Point];
  return (
    `<g class="hs-edge hs-when-${edge.when}${takenClass(edge.taken)}" ${ends(edge)}>` +
    `<path class="hs-line" d="${course(edge.points)}"/><path class="hs-head" d="${head(tip, before)}"/></g>`
  );
}

function label(edge: PlacedEdge): string {
  if (edge.label === null) return '';
  const { x, y, width, height, lines, hasFigure } = edge.label;
  const centre = num(x + width / 2);
  const texts = lines.map(
    (text, index) =>
      `<text x="${centre}" y="${num(y + 14 + index * LINE.label)}" text-anchor="middle"${rightToLeft(text)}>${escapeXml(text)}</text>`,
  );
  const figure = hasFigure ? `<text class="hs-figure" x="${centre}" y="${num(y + height - 7)}" text-anchor="middle"></text>` : '';
  return (
    `<g class="hs-label${takenClass(edge.taken)}" ${ends(edge)}><title>${escapeXml(edge.labels.join(', '))}${edge.taken === false ? ' (taken by no test)' : ''}</title>` +
    `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="6"/>${texts.join('')}${figure}</g>`
  );
}

function rightToLeft(text: string): string {
  return directionOf(text, null) === 'rtl' ? ' direction="rtl"' : '';
}

/** Which arrows of the chart it stands for. */
function ends({ source, target, when }: PlacedEdge): string {
  return `data-source="${escapeXml(source)}" data-target="${escapeXml(target)}" data-when="${when}"`;
}

function node(placed: PlacedNode, hasFigures: boolean): string {
  const site = placed.site === null ? '' : ` data-site="${escapeXml(placed.site)}"`;
  const said = placed.text === '' ? placed.title : `${placed.title}: ${placed.text}`;
  const says = placed.taken === false ? `${said} (reached by no test)` : said;
  return (
    `<g class="hs-node hs-${placed.kind}${takenClass(placed.taken)}"${site} data-node="${escapeXml(placed.id)}" transform="translate(${num(placed.x)} ${num(placed.y)})">` +
    `<title>${escapeXml(says)}</title>${SHAPES[placed.kind](placed)}${hasFigures ? figures(placed) : ''}</g>`
  );
}

/** Room for the figures of a site: reached, left here, time. */
function figures({ kind, width, height }: PlacedNode): string {
  if (SHAPES[kind] !== site) return '';
  const line = (x: number, anchor: string): string =>
    `<text class="hs-figure" x="${x}" y="${num(height - 9)}" text-anchor="${anchor}"></text>`;
  return line(PADDING, 'start') + line(width / 2 + PADDING, 'middle') + line(width - PADDING, 'end');
}

type Shape = (node: PlacedNode) => string;

const site: Shape = ({ kind, width, height, shownTitle, text, voice, lines }) =>
  `<rect class="hs-box" width="${width}" height="${height}" rx="8"/><path class="hs-stripe" d="M0 8a8 8 0 0 1 4 -6.930V${height - 1.07}a8 8 0 0 1 -4 -6.930z"/>` +
  icon(kind, PADDING, 13) +
  `<text class="hs-title" x="${PADDING + ICON}" y="26">${escapeXml(shownTitle)}</text>` +
  prompt(lines, directionOf(text, voice) === 'rtl' ? width - PADDING : PADDING, text, voice);

/** The first words of a prompt, as their language is read: what is read from the right begins there. */
function prompt(lines: readonly string[], x: number, whole: string, voice: string | null): string {
  const { lang } = textOf(voice);
  const language = lang === undefined ? '' : ` lang="${escapeXml(lang)}"`;
  const direction = directionOf(whole, voice) === 'rtl' ? ' direction="rtl"' : '';
  return lines
    .map((text, index) => `<text class="hs-text"${language}${direction} x="${x}" y="${50 + index * LINE.text}">${escapeXml(text)}</text>`)
    .join('');
}

const SHAPES: Readonly<Record<PlacedNode['kind'], Shape>> = {
  capture: site,
  bridge: site,
  step: site,
  waitFor: site,
  settings: site,
  start: ({ width }) => `<circle class="hs-box" cx="${width / 2}" cy="${width / 2}" r="${width / 2}"/>${icon('start', 10, 10)}`,
  ended: ({ width }) =>
    `<circle class="hs-ring" cx="${width / 2}" cy="${width / 2}" r="${width / 2 - 2}"/><circle class="hs-dot" cx="${width / 2}" cy="${width / 2}" r="${width / 4}"/>`,
  failed: ({ width }) =>
    `<circle class="hs-ring" cx="${width / 2}" cy="${width / 2}" r="${width / 2 - 2}"/><path class="hs-cross" d="M9 9l8 8M17 9l-8 8"/>`,
  unplaced: ({ width, height, shownTitle }) =>
    `<rect class="hs-box" width="${width}" height="${height}" rx="${height / 2}"/>` +
    `<text x="${width / 2}" y="17" text-anchor="middle" font-size="${FONT.label}">${escapeXml(shownTitle)}</text>`,
  jump: ({ width, height, shownTitle }) =>
    `<rect class="hs-box" width="${width}" height="${height}" rx="${height / 2}"/>${icon('jump', 8, 5)}` +
    `<text x="26" y="17" font-size="${FONT.label}">${escapeXml(shownTitle)}</text>`,
};

function icon(kind: PlacedNode['kind'], x: number, y: number): string {
  return `<path class="hs-icon" transform="translate(${x} ${y})" d="${ICONS[kind] ?? ''}"/>`;
}

/** An orthogonal course with round bends; it ends where the arrow's head begins. */
function course(points: readonly Point[]): string {
  const parts: string[] = [];
  points.forEach((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined) parts.push(`M${at(point)}`);
    else if (after === undefined) parts.push(`L${at(towards(point, before, HEAD_LENGTH - 1))}`);
    else {
      const bend = Math.min(BEND, distance(before, point) / 2, distance(point, after) / 2);
      parts.push(`L${at(towards(point, before, bend))}Q${at(point)} ${at(towards(point, after, bend))}`);
    }
  });
  return parts.join('');
}

function head(tip: Point, before: Point): string {
  const base = towards(tip, before, HEAD_LENGTH);
  const length = distance(tip, before) || 1;
  const across = { x: ((before.y - tip.y) / length) * HEAD_WIDTH, y: (-(before.x - tip.x) / length) * HEAD_WIDTH };
  return `M${at(tip)}L${at({ x: base.x + across.x, y: base.y + across.y })}L${at({ x: base.x - across.x, y: base.y - across.y })}z`;
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function at({ x, y }: Point): string {
  return `${num(x)} ${num(y)}`;
}

function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text as it may stand in XML; characters that XML has no place for are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
