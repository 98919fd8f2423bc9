import { cutText } from '../callflow/cut-text.ts';
import type { Chart, ChartArrow } from './chart.ts';
import { NOT_PLACED } from './not-placed.ts';
import { type DrawingOptions, plainArrows, type TakenParts } from './plain-arrows.ts';

const ENDS: ReadonlyMap<string, string> = new Map([
  ['idle', '[*]'],
  ['closed', '[*]'],
]);
const LAST = ['ended', 'failed', NOT_PLACED];
const MAX_LENGTH = 60;

/**
 * The chart as Mermaid text (`stateDiagram-v2`): one state per site, one arrow per pair of sites, labelled with what leads there. Hang-ups are left out where nothing follows them, universal keys unless they are wanted.
 * With `taken` it is a `flowchart`, since only that has dashed arrows: two for a pair of sites where some of its answers were taken and others were not.
 */
export function toMermaid(chart: Chart, options: DrawingOptions = {}): string {
  if (options.taken !== undefined) return toFlowchart(chart, options, options.taken);
  const ids = new Map([...chart.sites.keys(), ...LAST].map((site, index) => [site, `s${index}`]));
  const name = (site: string): string => ENDS.get(site) ?? ids.get(site) ?? 's_unknown';
  const shown = drawn(chart, options);
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

/** The arrows that are drawn. */
function drawn(chart: Chart, options: DrawingOptions): readonly ChartArrow[] {
  return plainArrows(chart.arrows, options).filter(({ to, when }) => when !== 'ended' || to !== 'closed');
}

/** A chart with what was taken: solid lines, and dashed ones for all else. */
function toFlowchart(chart: Chart, options: DrawingOptions, taken: TakenParts): string {
  const ids = new Map(['idle', ...chart.sites.keys(), ...LAST, 'closed'].map((site, index) => [site, `s${index}`]));
  const idOf = (site: string): string => ids.get(site) ?? 's_unknown';
  const shown = drawn(chart, options);
  const ends = [...LAST, 'closed'].filter((end) => shown.some(({ from, to }) => from === end || to === end));
  const isReached = (end: string): boolean => shown.some((arrow) => arrow.to === end && taken.arrow(arrow));
  const sites = [...chart.sites.values()].map((site) => {
    const prompt = escaped(site.prompts[0] ?? '');
    const mark = taken.site(site.name) ? '' : '<br>never reached';
    return `  ${idOf(site.name)}["${escaped(site.name)} (${site.kind})${prompt === '' ? '' : `<br>${prompt}`}${mark}"]`;
  });
  const arrows = [true, false].flatMap((was) =>
    [...merged(shown.filter((arrow) => taken.arrow(arrow) === was))].map(([, { from, to, labels }]) => {
      const label = labels.length > 0 ? `|"${escaped(labels.join(', '))}"|` : '';
      return `  ${idOf(from)} ${was ? '-->' : '-.->'}${label} ${idOf(to)}`;
    }),
  );
  const missed = [...[...chart.sites.keys()].filter((site) => !taken.site(site)), ...ends.filter((end) => !isReached(end))].map(idOf);
  return [
    'flowchart TD',
    '  %% solid: taken by tests; dashed: by none',
    `  ${idOf('idle')}((call))`,
    ...sites,
    ...ends.map((end) => `  ${idOf(end)}([${end}])`),
    ...arrows,
    '  classDef missed stroke-dasharray: 5 4',
    ...(missed.length > 0 ? [`  class ${missed.join(',')} missed`] : []),
    '',
  ].join('\n');
}

interface Merged {
  readonly from: string;
  readonly to: string;
  readonly labels: string[];
}

/** Arrows of one pair of sites as one, with all their labels. */
export function merged(arrows: readonly Pick<ChartArrow, 'from' | 'to' | 'label'>[]): ReadonlyMap<string, Merged> {
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
export function escaped(text: string): string {
  const short = text.length > MAX_LENGTH ? cutText(text, MAX_LENGTH - 1) : text;
  return short.replace(/[#:;<>{}[\]"%|\\]/g, (character) => `#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
