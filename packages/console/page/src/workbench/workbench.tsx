import { useCallback, useMemo, useState } from 'preact/hooks';
import type { FlowView } from '../../../src/views.ts';
import { count } from '../lib/format.ts';
import { href } from '../lib/route.ts';
import { isDev } from '../lib/state.ts';
import { useCounts } from '../lib/use-flow.ts';
import { DiagramView } from '../parts/diagram-view.tsx';
import { Failure } from '../parts/empty-state.tsx';
import { SitePanel } from '../parts/site-panel.tsx';
import { PERIODS, type Sight } from './address.ts';
import { Bar } from './bar.tsx';
import { ArrowCounts } from './figures.ts';
import { findSites } from './find.ts';
import { FindBox } from './find-box.tsx';
import { insightsLayer, paintFigures } from './insights-layer.ts';
import { callsText, InsightsPanel, wayFigure } from './insights-panel.tsx';
import { LayerNote } from './layer-note.tsx';
import { liveLayer } from './live-layer.ts';
import { Outline } from './outline.tsx';
import { type Pointed, RecentCard } from './recent-card.tsx';
import { testsLayer } from './tests-layer.ts';
import { useTestsPanel } from './tests-panel.tsx';
import { type Insights, useInsights } from './use-insights.ts';

interface Props {
  readonly flow: FlowView;
  readonly sight: Sight;
  /** Why what was asked for last is not shown. */
  readonly error: string | null;
  readonly onChange: (change: Partial<Sight>) => void;
}

/** A bar, an outline on the left, the canvas, a panel on the right: one flow, and one layer of what is known of it. */
export function Workbench({ flow, sight, error, onChange }: Props) {
  const { chart, tests } = flow;
  const { site: selected, layer, keys } = sight;
  const counts = useCounts(chart.flow);
  const insights = useInsights(chart.flow, chart.version, sight.period, layer === 'insights');
  const figures = layer === 'insights' ? (insights.value?.figures ?? null) : null;
  const arrows = useMemo(() => (figures === null ? null : new ArrowCounts(figures, chart, keys)), [figures, chart, keys]);
  const [text, setText] = useState('');
  const matches = useMemo(() => findSites(chart, text), [chart, text]);
  const found = useMemo(() => (matches === null ? null : new Set(matches)), [matches]);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const point = useCallback((site: string | null, element: Element | null): void => {
    setPointed(site === null || element === null ? null : { site, element });
  }, []);
  const paint = useMemo(
    () => (figures === null || figures.calls === 0 ? undefined : (svg: SVGSVGElement) => paintFigures(svg, chart, figures, keys)),
    [chart, figures, keys],
  );
  const testsPanel = useTestsPanel(chart, tests, selected);
  const outline = { live: liveLayer(counts), insights: insightsLayer(figures), tests: testsLayer(tests) }[layer];
  const wayNote = {
    live: undefined,
    insights: arrows === null ? undefined : (to: string) => wayFigure(arrows, selected ?? '', to),
    tests: testsPanel.wayNote,
  }[layer];
  const select = (site: string | null): void => onChange({ site });
  const says = layer === 'insights' && figures !== null && figures.calls > 0 ? callsText(figures) : summary(flow, counts);
  return (
    <>
      <Bar sight={sight} version={chart.version} languages={flow.languages} says={says} onChange={onChange}>
        <FindBox text={text} sites={chart.sites.length} found={matches} selected={selected} onText={setText} onSelect={select} />
      </Bar>
      {error !== null && <Failure message={error} />}
      {layer === 'insights' && insights.error !== null && <Failure message={insights.error} />}
      {layer === 'insights' && insights.value != null && <InsightsNote sight={sight} version={chart.version} insights={insights.value} />}
      {layer === 'tests' && tests?.problem != null && <LayerNote command={tests.problem.command}>{tests.problem.message}</LayerNote>}
      <div class={`workbench${selected === null ? '' : ' has-panel'}`}>
        <Outline chart={chart} layer={outline} found={found} selected={selected} onSelect={select} onPoint={point} />
        <DiagramView
          flow={flow}
          lit={null}
          previous={null}
          counts={layer === 'live' ? counts : NO_COUNTS}
          selected={selected}
          found={found}
          hasOutline
          paint={paint}
          onSelect={select}
          onPoint={point}
        />
        {selected !== null && (
          <SitePanel chart={chart} name={selected} live={counts.get(selected) ?? 0} wayNote={wayNote} onSelect={select}>
            {layer === 'insights' && <InsightsPanel flow={chart.flow} site={selected} figures={figures} />}
            {layer === 'tests' && testsPanel.section}
          </SitePanel>
        )}
      </div>
      {layer === 'insights' && <RecentCard flow={chart.flow} pointed={pointed} />}
    </>
  );
}

const NO_COUNTS: ReadonlyMap<string, number> = new Map();

interface InsightsNoteProps {
  readonly sight: Sight;
  readonly version: string;
  readonly insights: Insights;
}

/** Where there are no figures yet, how they come about. */
function InsightsNote({ sight: { flow, period }, version, insights: { figures, uncounted } }: InsightsNoteProps) {
  if (figures.calls > 0) return null;
  const none = `No call of version ${version} of ${flow} has ended within the ${PERIODS[period].toLowerCase()}.`;
  if (isDev.value)
    return (
      <LayerNote command={null}>
        {none} <a href={href('phone', [flow])}>Call it on the phone</a>: its figures are here as soon as the call is over.
      </LayerNote>
    );
  return <LayerNote command={uncounted ? 'npx hookswitch backfill' : `npx hookswitch calls list --flow ${flow}`}>{none}</LayerNote>;
}

/** The flow in a few words. */
function summary({ chart }: FlowView, counts: ReadonlyMap<string, number>): string {
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  return [count(chart.sites.length, 'site'), total > 0 ? `${total} live` : '', chart.truncated ? 'explored in part' : '']
    .filter(Boolean)
    .join(', ');
}
