import type { CompiledFlow, Journal, Position } from '@hookswitch/dsl';

/** What a position is called that is no site. */
const NOWHERE: ReadonlySet<string> = new Set(['ended', 'failed', 'closed']);

/**
 * Where a call that is over waited for its caller last; null while it stands at a site, and where it never waited. The journal says it, so that it is true whoever
 * took the turns before.
 */
export function lastSite(compiled: CompiledFlow, { wait, ending, journal }: Position): string | null {
  if (!ending && (wait === 'platform' || wait === 'step')) return null;
  for (let node: Journal | null = journal; node?.entry != null; node = node.previous) {
    const { site } = node.entry;
    if (!NOWHERE.has(site) && compiled.chart.sites.get(site)?.wait !== 'step') return site;
  }
  return null;
}
