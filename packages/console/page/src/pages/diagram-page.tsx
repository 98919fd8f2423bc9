import { dev, flows } from '../lib/state.ts';
import { useFlow } from '../lib/use-flow.ts';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';
import { NoDiagram } from '../parts/no-diagram.tsx';
import { readSight, type Sight, sightAddress } from '../workbench/address.ts';
import { Bar } from '../workbench/bar.tsx';
import { Workbench } from '../workbench/workbench.tsx';

/** The diagram of a flow, with what is known of it: live calls, figures, tests. */
export function DiagramPage() {
  const sight = readSight(flows.value[0]?.name ?? '');
  const { value, error } = useFlow(sight.flow, {
    version: sight.version ?? undefined,
    language: sight.language ?? undefined,
    layer: sight.layer,
    keys: sight.keys,
  });
  const change = (some: Partial<Sight>): void => location.replace(sightAddress({ ...sight, ...some }));
  if (flows.value.length === 0) return <NoFlow />;
  const flow = value?.chart.flow === sight.flow && !value.isPending ? value : null;
  return (
    <main class="page diagram-page">
      <Heading title={`Diagram of ${sight.flow}`} hidden />
      {flow === null ? (
        <>
          <Bar sight={sight} version={null} languages={[]} says="" onChange={change} />
          {error !== null && <Failure message={error} />}
          <NoDiagram isFailed={error !== null} isPending={value?.isPending === true} />
        </>
      ) : (
        <Workbench key={sight.flow} flow={flow} sight={sight} error={error} onChange={change} />
      )}
    </main>
  );
}

function NoFlow() {
  return (
    <main class="page">
      {dev.value?.reloading === true ? (
        <EmptyState title={<Heading title="Loading the flows …" />}>Their diagrams appear here in a moment.</EmptyState>
      ) : (
        <EmptyState title={<Heading title="No flow is served" />}>
          Save a flow in the folder that is watched, and its diagram appears here. <code>npx hookswitch init my-ivr</code> makes a project
          with one.
        </EmptyState>
      )}
    </main>
  );
}
