import { slugOf } from '../../flow/slug.ts';
import type { Inspection, Problem, Subject } from '../problem.ts';
import { lineOf, type SourceOfSite } from '../site-sources.ts';

/** Finds sites that can't be told apart, and places whose name changes with what they say. */
export function inspectSiteNames({ sources }: Subject): Inspection {
  return {
    *finish() {
      const byLine = new Map<string, Map<string, SourceOfSite>>();
      for (const site of sources.sites()) {
        const lines = sources.places(site);
        // Whichever read comes first decides for all.
        const isRead = lines.every(({ effect }) => effect.kind === 'settings');
        if (lines.length > 1 && !isRead) yield twice(site, lines);
        for (const line of lines) if (hasMadeUpName(site, line)) addTo(byLine, site, line);
      }
      for (const sites of byLine.values()) if (sites.size > 1) yield dynamic(sites);
    },
  };
}

function addTo(byLine: Map<string, Map<string, SourceOfSite>>, site: string, line: SourceOfSite): void {
  const key = `${line.source}\n${pathOf(site)}`;
  const known = byLine.get(key);
  if (known === undefined) byLine.set(key, new Map([[site, line]]));
  else known.set(site, line);
}

/** Whether a site is called by what it says, its author having given it no name. */
function hasMadeUpName(site: string, { effect }: SourceOfSite): boolean {
  if (effect.kind !== 'capture') return false;
  if (effect.shape === null) return effect.id === null;
  return effect.id === slugOf(effect.shape.of, effect.prompt) && site.endsWith(effect.id);
}

/** File and line of each place, with the column where one line has two of them. */
function whereIs(places: readonly SourceOfSite[]): readonly string[] {
  const lines = places.map(({ source }) => shortLine(source));
  return new Set(lines).size === lines.length ? lines : places.map(({ source }) => source.replace(/^.*[/\\]/, ''));
}

/** File and line, without folders. */
function shortLine(source: string): string {
  return (lineOf(source) ?? '').replace(/^.*[/\\]/, '');
}

/** The path of the sub-flows around a site. */
function pathOf(site: string): string {
  return site.slice(0, site.lastIndexOf('/') + 1);
}

function twice(site: string, lines: readonly SourceOfSite[]): Problem {
  const [first, second] = lines as [SourceOfSite, SourceOfSite];
  return {
    code: 'HS_VERIFY_SITE_TWICE',
    severity: 'warning',
    site,
    path: second.witness.labels,
    message:
      `Two places are called "${site}": ${whereIs(lines).join(' and ')}. A call in progress can't tell them apart when the code changes, ` +
      `and diagrams show one. Give each a name of its own${first.effect.kind === 'step' ? '' : ' with `id`'}, or put them into named sub-flows.`,
    source: second.source,
  };
}

function dynamic(sites: ReadonlyMap<string, SourceOfSite>): Problem {
  const names = [...sites.keys()];
  const { source, witness } = [...sites.values()][1] as SourceOfSite;
  return {
    code: 'HS_VERIFY_DYNAMIC_PROMPT',
    severity: 'warning',
    site: names[1] as string,
    path: witness.labels,
    message:
      `One line makes places of several names, ${names
        .slice(0, 3)
        .map((name) => `"${name}"`)
        .join(', ')}${names.length > 3 ? ', …' : ''}: ` + 'its prompt changes, and the name is made of it. Give it an `id`.',
    source,
  };
}
