import { type CompiledFlow, type Journal, type Position, TURNED_AWAY } from '@hookswitch/dsl';

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
    if (site === TURNED_AWAY || (!NOWHERE.has(site) && !isOurs(compiled, position, node))) return site;
  }
  return null;
}

/** Whether a journal's last entry is a step's, or settings: nobody was waited for. What is not on the chart is asked of the flow itself. */
function isOurs(compiled: CompiledFlow, { snapshot }: Position, { entry, previous }: Journal): boolean {
  const site = entry?.site ?? '';
  const known = compiled.chart.sites.get(site);
  if (known !== undefined) return known.wait === 'step' || known.wait === 'settings';
  const { call } = snapshot.context;
  if (call === null) return false;
  const { wait } = compiled.restore(call, previous?.entries() ?? [], site);
  return wait === 'step' || wait === 'settings';
}
