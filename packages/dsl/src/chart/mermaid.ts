import { cutText } from '../callflow/cut-text.ts';
import type { Chart, ChartArrow } from './chart.ts';
import { NOT_PLACED } from './not-placed.ts';
import { type DrawingOptions, plainArrows } from './plain-arrows.ts';

const ENDS: ReadonlyMap<string, string> = new Map([
  ['idle', '[*]'],
  ['closed', '[*]'],
]);
const LAST = ['ended', 'failed', NOT_PLACED];
const MAX_LENGTH = 60;

/** The chart as Mermaid text (`stateDiagram-v2`): one state per site, one arrow per pair of sites, labelled with what leads there. Hang-ups are left out where nothing follows them, universal keys unless they are wanted. */
export function toMermaid(chart: Chart, options: DrawingOptions = {}): string {
  const ids = new Map([...chart.sites.keys(), ...LAST].map((site, index) => [site, `s${index}`]));
  const name = (site: string): string => ENDS.get(site) ?? ids.get(site) ?? 's_unknown';
  const shown = plainArrows(chart.arrows, options).filter(({ to, when }) => when !== 'ended' || to !== 'closed');
  const used = new Set(shown.flatMap(({ from, to }) => [from, to]));
  const states = [...chart.sites.values()].map((site) =>
    `  ${name(site.name)} : ${escaped(site.name)} (${site.kind}) ${escaped(site.prompts[0] ?? '')}`.trimEnd(),
  );
  const ends = LAST.filter((end) => used.has(end)).map((end) => `  ${name(end)} : ${end}`);
  const arrows = [...merged(shown)].map(
    ([, { from, to, labels }]) => `  ${name(from)} --> ${name(to)}${labels.length > 0 ? ` : ${escaped(labels.join(', '))}` : ''}`,
  );
  return ['stateDiagram-v2', ...states, ...ends, ...arrows, ''].join('\n');
}

interface Merged {
  readonly from: string;
  readonly to: string;
  readonly labels: string[];
}

function merged(arrows: readonly ChartArrow[]): ReadonlyMap<string, Merged> {
  const pairs = new Map<string, Merged>();
  for (const { from, to, label } of arrows) {
    const key = `${from}\n${to}`;
    const known = pairs.get(key) ?? { from, to, labels: [] };
    if (label !== '' && !known.labels.includes(label)) known.labels.push(label);
    pairs.set(key, known);
  }
  return pairs;
}

/** Text that Mermaid takes as text: `#` begins an entity there, `:` and `;` are syntax, and a line is a statement. */
function escaped(text: string): string {
  const short = text.length > MAX_LENGTH ? cutText(text, MAX_LENGTH - 1) : text;
  return short.replace(/[#:;<>{}[\]"%|\\]/g, (character) => `#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
