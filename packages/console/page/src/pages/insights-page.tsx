import { useCallback } from 'preact/hooks';
import type { InsightFigures, InsightsView } from '../../../src/views.ts';
import { callsOf, Days, Endings, GiveUps, type Scope, Values } from '../insights/insight-parts.tsx';
import { paintInsights } from '../insights/paint-insights.ts';
import { nameOf } from '../insights/words.ts';
import { get, url } from '../lib/api.ts';
import { allZones, ownZone } from '../lib/call-time.ts';
import { href, route } from '../lib/route.ts';
import { epoch, flows } from '../lib/state.ts';
import { useFlow } from '../lib/use-flow.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { DiagramView } from '../parts/diagram-view.tsx';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';

const DAY = 86_400_000;
const PERIODS = [
  ['1', 'Last day'],
  ['7', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
  ['365', 'Last year'],
] as const;
const CHOICES = ['flow', 'days', 'version', 'compare', 'number', 'zone'] as const;
type Choice = Readonly<Record<(typeof CHOICES)[number], string>>;
const NONE: ReadonlyMap<string, number> = new Map();

/** What the calls of a flow came to. */
export function InsightsPage() {
  const { query } = route.value;
  const given = Object.fromEntries(CHOICES.map((name) => [name, query.get(name) ?? ''])) as Choice;
  const names = [...new Set(flows.value.map(({ name }) => name))];
  const choice = { ...given, flow: given.flow || (names[0] ?? ''), days: given.days || '7', zone: given.zone || ownZone() };
  const { flow, days, version, compare, number, zone } = choice;
  const wanted = { flow, version, compare, number, zone };
  const { value, error } = useLoaded(
    (signal) => get<InsightsView>(url(['insights'], { ...wanted, since: new Date(Date.now() - Number(days) * DAY).toISOString() }), signal),
    [days, ...Object.values(wanted), epoch.value],
  );
  return (
    <main class="page insights-page" tabIndex={-1}>
      <div class="page-head">
        <Heading title="Insights">Insights</Heading>
      </div>
      <Pickers choice={choice} names={names} view={value} />
      {error !== null && <Failure message={error} />}
      {value !== null && <Shown view={value} number={number} />}
    </main>
  );
}

function Pickers({
  choice,
  names,
  view,
}: {
  readonly choice: Choice;
  readonly names: readonly string[];
  readonly view: InsightsView | null;
}) {
  const go = (change: Partial<Choice>): void => {
    location.hash = href('insights', [], { ...choice, ...change });
  };
  const versions = [...new Set([...(view?.versions ?? []), choice.version].filter(Boolean))];
  const others = [
    ...new Set([...(view?.versions ?? []), choice.compare].filter((one) => one !== '' && one !== 'before' && one !== choice.version)),
  ];
  const numbers = [...new Set([...(view?.numbers ?? []), choice.number].filter(Boolean))];
  return (
    <form class="filters" role="search" aria-label="Insights" onSubmit={(event) => event.preventDefault()}>
      <Pick
        label="Flow"
        value={choice.flow}
        set={(flow) => go({ flow, version: '', compare: '', number: '' })}
        options={names.map((name) => [name, name])}
      />
      <Pick label="Period" value={choice.days} set={(days) => go({ days })} options={PERIODS} />
      <Pick
        label="Version"
        value={choice.version}
        set={(version) => go({ version })}
        options={[['', 'all'], ...versions.map((one) => [one, one] as const)]}
      />
      <Pick
        label="Compared with"
        value={choice.compare}
        set={(compare) => go({ compare })}
        options={[['', 'nothing'], ['before', 'the period before'], ...others.map((one) => [one, `version ${one}`] as const)]}
      />
      {numbers.length > 1 && (
        <Pick
          label="Number"
          value={choice.number}
          set={(number) => go({ number })}
          options={[['', 'all'], ...numbers.map((one) => [one, one] as const)]}
        />
      )}
      <Pick
        label="Days in"
        value={choice.zone}
        set={(zone) => go({ zone })}
        options={[...new Set([ownZone(), 'UTC', choice.zone, ...allZones()])].map((one) => [one, one.replaceAll('_', ' ')])}
      />
    </form>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly options: readonly (readonly [value: string, words: string])[];
}

function Pick({ label, value, set, options }: PickProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => set(currentTarget.value)}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Shown({ view, number }: { readonly view: InsightsView; readonly number: string }) {
  const { flow, figures, compared, complete, uncounted, zone } = view;
  const scope = { flow, number, zone };
  const isEmpty = figures.calls === 0 && (compared?.calls ?? 0) === 0;
  return (
    <>
      {uncounted && (
        <p class="notice notice-warn" role="status">
          Some calls ended before they were counted. To count them, type <code>npx hookswitch backfill</code>.
        </p>
      )}
      {!complete && (
        <p class="notice notice-warn" role="status">
          Some calls may be missing: more wait to be added than are read at once. Look again in a minute.
        </p>
      )}
      {isEmpty ? (
        <EmptyState title={`No call of ${flow} has ended in this period`}>
          Calls are counted when they end. Choose a longer period, or make some:{' '}
          <code>npx hookswitch simulate {flow} flows/ --calls 100</code>
        </EmptyState>
      ) : (
        <>
          <div class="insight-columns">
            <Endings scope={scope} figures={figures} compared={compared} />
            <Days scope={scope} figures={figures} />
          </div>
          <GiveUps scope={scope} figures={figures} compared={compared} />
          <div class={compared === null ? '' : 'insight-columns'}>
            <Drawing scope={scope} figures={figures} />
            {compared !== null && <Drawing scope={scope} figures={compared} />}
          </div>
          <Values figures={figures} />
        </>
      )}
    </>
  );
}

/** The flow's diagram with these figures; a click on a site, or on an arrow that leaves it, leads to the calls that were last there. */
function Drawing({ scope, figures }: { readonly scope: Scope; readonly figures: InsightFigures }) {
  const { flow, zone } = scope;
  const { value } = useFlow(flow, { version: figures.version ?? undefined, layer: 'insights' });
  const paint = useCallback(
    (svg: SVGSVGElement) => {
      paintInsights(svg, figures);
      const keys = 'Arrow keys move it, Home shows all of it, plus and minus zoom, Tab goes from site to site.';
      svg.closest('.diagram-frame')?.setAttribute('aria-label', `Diagram of ${flow}, ${nameOf(figures, zone)}. ${keys}`);
    },
    [flow, zone, figures],
  );
  if (value === null || value.chart.sites.length === 0) return null;
  return (
    <section class="insight-drawing">
      <h2>Ways, {nameOf(figures, zone)}</h2>
      <DiagramView
        flow={value}
        lit={null}
        previous={null}
        counts={NONE}
        selected={null}
        paint={paint}
        onSelect={(site) => {
          if (site !== null) location.hash = callsOf(scope, figures, site);
        }}
        onArrow={(source) => {
          if (source !== 'idle') location.hash = callsOf(scope, figures, source);
        }}
      />
    </section>
  );
}
