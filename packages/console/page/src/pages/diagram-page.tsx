import { useMemo } from 'preact/hooks';
import type { FlowView } from '../../../src/views.ts';
import { get, url } from '../lib/api.ts';
import { count } from '../lib/format.ts';
import { href, route } from '../lib/route.ts';
import { dev, epoch, flows, live } from '../lib/state.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { DiagramView } from '../parts/diagram-view.tsx';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';
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
    [name, keys, epoch.value, dev.value?.generation, dev.value?.charted],
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
  if (flows.value.length === 0)
    return (
      <main class="page">
        {dev.value?.reloading === true ? (
          <EmptyState title={<Heading title="Loading the flows …" />}>Their diagrams appear here in a moment.</EmptyState>
        ) : (
          <EmptyState title={<Heading title="No flow is served" />}>
            Save a flow in the folder that is watched, and its diagram appears here.
          </EmptyState>
        )}
      </main>
    );
  const flow = value?.chart.flow === name && !value.isPending ? value : null;
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  return (
    <main class="page diagram-page">
      <div class="bar">
        <Heading title={`Diagram of ${name}`} hidden />
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
          <NoDiagram isFailed={error !== null} isPending={value?.isPending === true} />
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

/** Where a diagram will be: it is drawn, or the flow is explored first. */
export function NoDiagram({ isFailed, isPending }: { readonly isFailed: boolean; readonly isPending: boolean }) {
  if (isFailed) return <div class="diagram" />;
  return (
    <div class={isPending ? 'diagram diagram-explored' : 'diagram diagram-wait'} role="status" aria-busy>
      {isPending && 'The flow is being explored. It can be called already; its diagram appears here.'}
    </div>
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
