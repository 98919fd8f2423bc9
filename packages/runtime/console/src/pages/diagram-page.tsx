import { useMemo } from 'preact/hooks';
import type { FlowView } from '../../../src/console/views.ts';
import { get, url } from '../lib/api.ts';
import { count } from '../lib/format.ts';
import { href, route } from '../lib/route.ts';
import { dev, epoch, flows, live } from '../lib/state.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { DiagramView } from '../parts/diagram-view.tsx';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { SitePanel } from '../parts/site-panel.tsx';

/** Live calls per site of a flow. */
export function useCounts(flow: string): ReadonlyMap<string, number> {
  const counts = live.value;
  return useMemo(() => {
    const bySite = new Map<string, number>();
    for (const { flow: name, site, count } of counts) if (name === flow) bySite.set(site, (bySite.get(site) ?? 0) + count);
    return bySite;
  }, [counts, flow]);
}

export function useFlow(name: string, keys = false) {
  return useLoaded(
    (signal) =>
      name === '' ? Promise.reject(new Error('No flow')) : get<FlowView>(url(['flows', name], { keys: keys ? 'true' : undefined }), signal),
    [name, keys, epoch.value, dev.value?.generation],
  );
}

export function DiagramPage() {
  const [wanted] = route.value.parts;
  const name = wanted ?? flows.value[0]?.name ?? '';
  const keys = route.value.query.get('keys') !== null;
  const { value, error } = useFlow(name, keys);
  const counts = useCounts(name);
  const selected = route.value.query.get('site');
  const select = (site: string | null): void => {
    location.replace(href('diagram', [name], { site: site ?? undefined, keys: keys ? 'yes' : undefined }));
  };
  if (flows.value.length === 0 && dev.value?.reloading === true)
    return <EmptyState title="Loading the flows …">Their diagrams appear here in a moment.</EmptyState>;
  if (flows.value.length === 0)
    return <EmptyState title="No flow is served">Save a flow in the folder that is watched, and its diagram appears here.</EmptyState>;
  const flow = value?.chart.flow === name ? value : null;
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  return (
    <main class="page diagram-page">
      <div class="bar">
        <h1 class="hidden">Diagram</h1>
        <label class="field-inline">
          <span>Flow</span>
          <select value={name} onChange={({ currentTarget }) => (location.hash = href('diagram', [currentTarget.value]))}>
            {flows.value.map((one) => (
              <option key={`${one.name}@${one.version}`} value={one.name}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <span class="soft">
          {[
            flow === null ? '' : count(flow.chart.sites.length, 'site'),
            total > 0 ? `${total} live` : '',
            flow?.chart.truncated === true ? 'explored in part' : '',
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        <label class="field-inline">
          <input
            type="checkbox"
            checked={keys}
            onChange={({ currentTarget }) => {
              location.replace(href('diagram', [name], { site: selected ?? undefined, keys: currentTarget.checked ? 'yes' : undefined }));
            }}
          />
          <span>Universal keys</span>
        </label>
        <Legend />
      </div>
      {error !== null && <Failure message={error} />}
      <div class={`diagram-area${selected === null ? '' : ' has-panel'}`}>
        {flow === null ? (
          <div class={error === null ? 'diagram diagram-wait' : 'diagram'} aria-busy={error === null} />
        ) : (
          <DiagramView flow={flow} lit={null} previous={null} counts={counts} selected={selected} onSelect={select} />
        )}
        {flow !== null && selected !== null && (
          <SitePanel chart={flow.chart} name={selected} live={counts.get(selected) ?? 0} onSelect={select} />
        )}
      </div>
    </main>
  );
}

function Legend() {
  return (
    <ul class="legend" aria-label="Kinds of sites">
      <li class="legend-capture">keys</li>
      <li class="legend-bridge">bridge</li>
      <li class="legend-step">code</li>
    </ul>
  );
}
