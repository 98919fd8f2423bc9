import { useCallback, useState } from 'preact/hooks';
import type { CallView } from '../../../src/views.ts';
import { useFlow } from '../lib/use-flow.ts';
import { DiagramView } from './diagram-view.tsx';
import { NoDiagram } from './no-diagram.tsx';
import { SitePanel } from './site-panel.tsx';

interface CallPathProps {
  readonly call: CallView;
  /** Every site at which it has waited, in order. */
  readonly sites: readonly string[];
}

const NO_COUNTS: ReadonlyMap<string, number> = new Map();

/** The flow's diagram with the way that a call took. */
export function CallPath({ call, sites }: CallPathProps) {
  const { value, error } = useFlow(call.flow, { version: call.flowVersion });
  const [selected, setSelected] = useState<string | null>(null);
  const way = sites.join('\n');
  const paint = useCallback(
    (svg: SVGSVGElement): void => {
      const been = new Set(sites);
      const taken = new Set(['idle', ...sites].map((site, index, all) => `${site}\n${all[index + 1] ?? 'ended'}`));
      for (const node of svg.querySelectorAll<SVGGElement>('.hs-node'))
        node.classList.toggle('hs-path', been.has(node.dataset['node'] ?? ''));
      for (const edge of svg.querySelectorAll<SVGGElement>('.hs-edge, .hs-label'))
        edge.classList.toggle('hs-path', taken.has(`${edge.dataset['source'] ?? ''}\n${edge.dataset['target'] ?? ''}`));
    },
    [way],
  );
  if (error !== null) return <p class="soft call-path-none">There is no diagram: {error}</p>;
  if (value === null || value.isPending) return <NoDiagram isFailed={false} isPending={value?.isPending === true} />;
  const isOther = value.chart.version !== call.flowVersion;
  return (
    <>
      {isOther && (
        <p class="soft">
          This is version {value.chart.version}; the call was made by version {call.flowVersion}, which is not served.
        </p>
      )}
      <div class="call-diagram">
        <DiagramView
          flow={value}
          lit={sites.at(-1) ?? null}
          previous={sites.at(-2) ?? 'idle'}
          counts={NO_COUNTS}
          selected={selected}
          follow
          paint={paint}
          onSelect={setSelected}
        />
      </div>
      {selected !== null && <SitePanel chart={value.chart} name={selected} live={0} onSelect={setSelected} />}
    </>
  );
}
