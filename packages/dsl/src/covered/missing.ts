import { arrowTitle } from '../chart/arrow-title.ts';
import { countedArrows, type FlowCoverage } from './coverage.ts';

/** Something that no test reached, and how it is reached. */
export interface Missing {
  /** `site agent (bridge)`, or `main —silence→ main`. */
  readonly what: string;
  readonly way: string;
}

/** Sites first, then arrows that lead to sites that were reached: what is behind a site that nobody reached is not missing for itself, yet. Each by the length of its way. */
export function missingOf(flow: FlowCoverage): readonly Missing[] {
  const sites = flow.sites.filter(({ taken }) => !taken).map(({ name, kind, way }) => ({ what: `site ${name} (${kind})`, way }));
  const arrows = countedArrows(flow)
    .filter(({ taken }) => !taken)
    .map((arrow) => ({ what: arrowTitle(arrow), way: arrow.way }));
  return [...byWay(sites), ...byWay(arrows)];
}

function byWay(list: readonly Missing[]): readonly Missing[] {
  const steps = ({ way }: Missing): number => way.split(' → ').length;
  return list.toSorted((one, other) => steps(one) - steps(other));
}

/** What is missing as lines, `most` at most; what is left out is counted. */
export function missingLines(flow: FlowCoverage, most: number, where: string): readonly string[] {
  const missing = missingOf(flow);
  const shown = missing.slice(0, most);
  const width = Math.min(MAX_WIDTH, Math.max(0, ...shown.map(({ what }) => [...what].length)));
  const lines = shown.map(({ what, way }) => `  ${what.padEnd(width)}  ${way === '' ? 'how a call begins' : way}`);
  const more = missing.length - shown.length;
  return more === 0 ? lines : [...lines, `  … and ${more} more: ${where}`];
}

const MAX_WIDTH = 60;
