import { compareCharts, type ComparedChart } from './compare-charts.ts';
import { escaped, merged } from './mermaid.ts';
import { plainArrows } from './plain-arrows.ts';

/** Flows with more sites than this are drawn around their changes only: nobody could read the rest. */
const MAX_SITES = 40;
const ENDS: ReadonlySet<string> = new Set(['ended', 'failed', 'not placed', 'closed']);

type Arrow = ComparedChart['arrows'][number];
type Mark = 'added' | 'removed' | 'changed' | 'same';

/**
 * Two charts of a flow in one Mermaid picture (`flowchart`): what is new is green and thick, what is gone red and dashed, sites that ask otherwise amber. Of a flow of
 * more than 40 sites only what changed is drawn, and what leads to it or away from it.
 */
export function changesToMermaid(before: ComparedChart, now: ComparedChart): string {
  const { sites, arrows } = compareCharts(before, now);
  const all = new Map([...before.sites, ...now.sites].map((site) => [site.name, site]));
  const [added, removed, changed] = [new Set(sites.added), new Set(sites.removed), new Set(sites.changed.map(({ name }) => name))];
  const markOf = (site: string): Mark =>
    added.has(site) ? 'added' : removed.has(site) ? 'removed' : changed.has(site) ? 'changed' : 'same';
  const key = ({ from, label, to, when }: Omit<Arrow, 'universal'>): string => JSON.stringify([from, label, to, when]);
  const come = new Set([...arrows.added, ...arrows.changed.map((one) => ({ ...one, to: one.now }))].map(key));
  const gone = new Set([...arrows.removed, ...arrows.changed.map((one) => ({ ...one, to: one.before }))].map(key));
  const isDrawn = ({ to, when }: Arrow): boolean => when !== 'ended' || to !== 'closed';
  const groups = {
    same: plainArrows(now.arrows).filter((arrow) => isDrawn(arrow) && !come.has(key(arrow))),
    added: now.arrows.filter((arrow) => isDrawn(arrow) && come.has(key(arrow))),
    removed: before.arrows.filter((arrow) => isDrawn(arrow) && gone.has(key(arrow))),
  };
  const touched = new Set([
    ...added,
    ...removed,
    ...changed,
    ...[...groups.added, ...groups.removed].flatMap(({ from, to }) => [from, to]),
  ]);
  const isNear = ({ from, to }: Arrow): boolean => all.size <= MAX_SITES || touched.has(from) || touched.has(to);
  const shown = { same: groups.same.filter(isNear), added: groups.added, removed: groups.removed };
  const places = new Set([...(all.size <= MAX_SITES ? all.keys() : touched), ...Object.values(shown).flatMap((list) => list.flatMap(({ from, to }) => [from, to]))]); // prettier-ignore
  const ids = new Map([...places].map((place, index) => [place, `s${index}`]));
  const lines = [...places].map((place) => `  ${ids.get(place) ?? ''}${shapeOf(place, all.get(place))}`);
  const links = (['same', 'added', 'removed'] as const).flatMap((mark) =>
    [...merged(shown[mark]).values()].map(({ from, to, labels }) => {
      const label = labels.length > 0 ? `|"${escaped(labels.join(', '))}"|` : '';
      return { mark, line: `  ${ids.get(from) ?? ''} ${LINES[mark]}${label} ${ids.get(to) ?? ''}` };
    }),
  );
  // Mermaid knows lines by their numbers alone.
  const colors = (['added', 'removed'] as const).flatMap((mark) => {
    const numbers = links.flatMap((link, index) => (link.mark === mark ? [index] : []));
    return numbers.length === 0 ? [] : [`  linkStyle ${numbers.join(',')} stroke:${COLORS[mark]}`];
  });
  const classes = (['added', 'removed', 'changed'] as const).flatMap((mark) => {
    const marked = [...places].filter((place) => markOf(place) === mark).map((place) => ids.get(place) ?? '');
    return marked.length === 0 ? [] : [`  class ${marked.join(',')} ${mark}`];
  });
  return [
    'flowchart TD',
    '  %% thick and green: new; dashed and red: gone; amber: asks otherwise',
    ...lines,
    ...links.map(({ line }) => line),
    ...colors,
    ...STYLES,
    ...classes,
    '',
  ].join('\n');
}

const LINES = { same: '-->', added: '==>', removed: '-.->' } as const;
const COLORS = { added: '#1a7f37', removed: '#cf222e', changed: '#bf8700' } as const;
const STYLES = [
  `  classDef added stroke:${COLORS.added},stroke-width:3px`,
  `  classDef removed stroke:${COLORS.removed},stroke-dasharray: 5 4`,
  `  classDef changed stroke:${COLORS.changed},stroke-width:3px`,
];

function shapeOf(place: string, site: { readonly kind: string; readonly prompts: readonly string[] } | undefined): string {
  if (place === 'idle') return '((call))';
  if (site === undefined) return ENDS.has(place) ? `([${place}])` : `["${escaped(place)}"]`;
  const prompt = escaped(site.prompts.find(Boolean) ?? '');
  return `["${escaped(place)} (${site.kind})${prompt === '' ? '' : `<br>${prompt}`}"]`;
}
