import type { ChartArrow } from './chart.ts';
import type { ArrowName } from './taken-arrow.ts';

/** What is compared of a chart: `chart.sites.values()` and `chart.arrows` of one that was explored here, or what a server tells of it. */
export interface ComparedChart {
  readonly sites: Iterable<{ readonly name: string; readonly kind: string; readonly prompts: readonly string[] }>;
  readonly arrows: readonly (ArrowName & Pick<ChartArrow, 'universal'>)[];
}

/** A site that is still there, and asks otherwise. */
export interface SiteChange {
  readonly name: string;
  /** Its kind and its prompts before. */
  readonly before: string;
  readonly now: string;
}

/** An answer that leads elsewhere. */
export interface ArrowChange {
  readonly from: string;
  readonly label: string;
  readonly when: ChartArrow['when'];
  /** Where it led. */
  readonly before: string;
  /** Where it leads. */
  readonly now: string;
}

/** What is different between two charts of a flow. */
export interface ChartChanges {
  /** True where nothing is. */
  readonly same: boolean;
  readonly sites: { readonly added: readonly string[]; readonly removed: readonly string[]; readonly changed: readonly SiteChange[] };
  readonly arrows: {
    readonly added: readonly ArrowName[];
    readonly removed: readonly ArrowName[];
    readonly changed: readonly ArrowChange[];
  };
}

/** Compares two charts of a flow: which sites and arrows are new, gone, or changed. Sites are known by their names, arrows by where they begin and their labels. */
export function compareCharts(before: ComparedChart, now: ComparedChart): ChartChanges {
  const [old, young] = [sitesOf(before), sitesOf(now)];
  const sites = {
    added: [...young.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !young.has(name)),
    changed: [...young].flatMap(([name, text]): readonly SiteChange[] => {
      const was = old.get(name);
      return was === undefined || was === text ? [] : [{ name, before: was, now: text }];
    }),
  };
  const arrows = compareArrows(before.arrows, now.arrows);
  const same = [sites, arrows].every(({ added, removed, changed }) => added.length + removed.length + changed.length === 0);
  return { same, sites, arrows };
}

function sitesOf({ sites }: ComparedChart): ReadonlyMap<string, string> {
  return new Map([...sites].map(({ name, kind, prompts }) => [name, [kind, ...prompts.filter(Boolean)].join(' · ')]));
}

function compareArrows(before: readonly ArrowName[], now: readonly ArrowName[]): ChartChanges['arrows'] {
  const [old, young] = [byAnswer(before), byAnswer(now)];
  const added: ArrowName[] = [];
  const removed: ArrowName[] = [];
  const changed: ArrowChange[] = [];
  for (const key of new Set([...old.keys(), ...young.keys()])) {
    const [was, is] = [old.get(key) ?? [], young.get(key) ?? []];
    const gone = was.filter(({ to }) => !is.some((arrow) => arrow.to === to));
    const come = is.filter(({ to }) => !was.some((arrow) => arrow.to === to));
    const [one, other] = [gone[0], come[0]];
    if (gone.length === 1 && come.length === 1 && one !== undefined && other !== undefined) {
      const { from, label, when } = other;
      changed.push({ from, label, when, before: one.to, now: other.to });
      continue;
    }
    added.push(...come);
    removed.push(...gone);
  }
  return { added, removed, changed };
}

/** Arrows by where they begin and what they are called; an answer may lead to several sites, one for each history. */
function byAnswer(arrows: readonly ArrowName[]): ReadonlyMap<string, readonly ArrowName[]> {
  const groups = new Map<string, ArrowName[]>();
  for (const { from, label, to, when } of arrows) {
    const key = JSON.stringify([from, when, label]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [{ from, label, to, when }]);
    else known.push({ from, label, to, when });
  }
  return groups;
}
