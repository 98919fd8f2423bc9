import { useMemo, useState } from 'preact/hooks';
import type { FlowView } from '../../../src/views.ts';
import { count } from '../lib/format.ts';
import { useCounts } from '../lib/use-flow.ts';
import { DiagramView } from '../parts/diagram-view.tsx';
import { Failure } from '../parts/empty-state.tsx';
import { SitePanel } from '../parts/site-panel.tsx';
import type { Sight } from './address.ts';
import { Bar } from './bar.tsx';
import { findSites } from './find.ts';
import { FindBox } from './find-box.tsx';
import { liveLayer } from './live-layer.ts';
import { Outline } from './outline.tsx';

interface Props {
  readonly flow: FlowView;
  readonly sight: Sight;
  /** Why what was asked for last is not shown. */
  readonly error: string | null;
  readonly onChange: (change: Partial<Sight>) => void;
}

/** A bar, an outline on the left, the canvas, a panel on the right: one flow, and one layer of what is known of it. */
export function Workbench({ flow, sight, error, onChange }: Props) {
  const { chart } = flow;
  const counts = useCounts(chart.flow);
  const [text, setText] = useState('');
  const matches = useMemo(() => findSites(chart, text), [chart, text]);
  const found = useMemo(() => (matches === null ? null : new Set(matches)), [matches]);
  const layer = liveLayer(counts);
  const { site: selected } = sight;
  const select = (site: string | null): void => onChange({ site });
  return (
    <>
      <Bar sight={sight} version={chart.version} languages={flow.languages} says={summary(flow, counts)} onChange={onChange}>
        <FindBox text={text} sites={chart.sites.length} found={matches} selected={selected} onText={setText} onSelect={select} />
      </Bar>
      {error !== null && <Failure message={error} />}
      <div class={`workbench${selected === null ? '' : ' has-panel'}`}>
        <Outline chart={chart} layer={layer} found={found} selected={selected} onSelect={select} onPoint={() => undefined} />
        <DiagramView
          flow={flow}
          lit={null}
          previous={null}
          counts={counts}
          selected={selected}
          found={found}
          hasOutline
          onSelect={select}
        />
        {selected !== null && <SitePanel chart={chart} name={selected} live={counts.get(selected) ?? 0} onSelect={select} />}
      </div>
    </>
  );
}

/** The flow in a few words. */
function summary({ chart }: FlowView, counts: ReadonlyMap<string, number>): string {
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  return [count(chart.sites.length, 'site'), total > 0 ? `${total} live` : '', chart.truncated ? 'explored in part' : '']
    .filter(Boolean)
    .join(', ');
}
