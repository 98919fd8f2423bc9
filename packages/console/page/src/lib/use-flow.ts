import { useMemo } from 'preact/hooks';
import type { FlowView } from '../../../src/views.ts';
import { get, url } from './api.ts';
import { dev, epoch, live } from './state.ts';
import { useLoaded } from './use-loaded.ts';

/** How a flow is drawn; see the route `flows/:name`. */
export interface Drawing {
  readonly version?: string | undefined;
  readonly language?: string | undefined;
  readonly layer?: 'live' | 'insights' | 'tests' | undefined;
  /** With the universal keys. */
  readonly keys?: boolean | undefined;
}

/** A flow with its drawing, anew whenever the code has changed. */
export function useFlow(name: string, { version, language, layer, keys = false }: Drawing = {}) {
  const query = { version, language, layer: layer === 'live' ? undefined : layer, keys: keys ? 'true' : undefined };
  return useLoaded(
    (signal) => (name === '' ? Promise.reject(new Error('No flow')) : get<FlowView>(url(['flows', name], query), signal)),
    [name, ...Object.values(query), epoch.value, dev.value?.generation, dev.value?.charted, layer === 'tests' ? dev.value?.tested : 0],
  );
}

/** Live calls per site of a flow. */
export function useCounts(flow: string): ReadonlyMap<string, number> {
  const counts = live.value;
  return useMemo(() => {
    const bySite = new Map<string, number>();
    for (const { flow: name, site, count } of counts) if (name === flow) bySite.set(site, (bySite.get(site) ?? 0) + count);
    return bySite;
  }, [counts, flow]);
}
