import type { CompiledFlow, Journal, Position } from '@hookswitch/dsl';

/** What a position is called that is no site. */
const NOWHERE: ReadonlySet<string> = new Set(['ended', 'failed', 'closed']);

/**
 * Where a call that is over waited for its caller last; null while it stands at a site, and where it never waited. The journal says it, so that it is true whoever
 * took the turns before.
 */
export function lastSite(compiled: CompiledFlow, position: Position): string | null {
  const { wait, ending, journal } = position;
  if (!ending && (wait === 'platform' || wait === 'step' || wait === 'signal')) return null;
  for (let node: Journal | null = journal; node?.entry != null; node = node.previous) {
    const { site } = node.entry;
    if (!NOWHERE.has(site) && !isStep(compiled, position, node)) return site;
  }
  return null;
}

/** Whether a journal's last entry is a step's. What is not on the chart is asked of the flow itself. */
function isStep(compiled: CompiledFlow, { snapshot }: Position, { entry, previous }: Journal): boolean {
  const site = entry?.site ?? '';
  const known = compiled.chart.sites.get(site);
  if (known !== undefined) return known.wait === 'step';
  const { call } = snapshot.context;
  return call !== null && compiled.restore(call, previous?.entries() ?? [], site).wait === 'step';
}
