import type { Layer } from '../../../src/views.ts';
import { href, route } from '../lib/route.ts';

/** What is looked at on the diagram page, as its address says. */
export interface Sight {
  readonly flow: string;
  readonly version: string | null;
  readonly language: string | null;
  readonly layer: Layer;
  /** How far back figures go; see `PERIODS`. */
  readonly period: Period;
  /** The universal keys are drawn. */
  readonly keys: boolean;
  readonly site: string | null;
}

/** Periods of figures, in words. */
export const PERIODS = { '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days', '90d': 'Last 90 days' } as const;
export type Period = keyof typeof PERIODS;
const USUAL_PERIOD: Period = '7d';

/** The layers, in words. */
export const LAYERS: Readonly<Record<Layer, string>> = { live: 'Live', insights: 'Insights', tests: 'Tests' };

/** Reads the address; what it has that does not exist counts as not said. */
export function readSight(usualFlow: string): Sight {
  const { parts, query } = route.value;
  const [layer, period] = [query.get('layer') ?? '', query.get('period') ?? ''];
  return {
    flow: parts[0] ?? usualFlow,
    version: query.get('version'),
    language: query.get('language'),
    layer: Object.hasOwn(LAYERS, layer) ? (layer as Layer) : 'live',
    period: Object.hasOwn(PERIODS, period) ? (period as Period) : USUAL_PERIOD,
    keys: query.get('keys') !== null,
    site: query.get('site'),
  };
}

/** The address of what is to be looked at. */
export function sightAddress({ flow, version, language, layer, period, keys, site }: Sight): string {
  return href('diagram', [flow], {
    version: version ?? undefined,
    language: language ?? undefined,
    layer: layer === 'live' ? undefined : layer,
    period: period === USUAL_PERIOD ? undefined : period,
    keys: keys ? 'yes' : undefined,
    site: site ?? undefined,
  });
}
