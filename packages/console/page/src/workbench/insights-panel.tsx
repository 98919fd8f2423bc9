import { type ArrowCounts, figureText, type Figures, numberText, shareText, timeText } from './figures.ts';
import { RecentCalls } from './recent-calls.tsx';

interface Props {
  readonly flow: string;
  readonly site: string;
  readonly figures: Figures | null;
}

/** What calls did at a site, and the last of them. */
export function InsightsPanel({ flow, site, figures }: Props) {
  const found = figures?.sites.find((one) => one.site === site);
  return (
    <>
      {figures !== null && figures.calls > 0 && (
        <section>
          <h3>What calls did here</h3>
          <dl class="ways">
            <Fact name="Came by" value={figureText(found?.calls ?? 0, figures.calls)} />
            <Fact name="Ended here" value={figureText(found?.exits ?? 0, found?.calls ?? 0)} />
            <Fact name="Median time" value={found?.time == null ? 'not known' : timeText(found.time.median)} />
          </dl>
        </section>
      )}
      <section>
        <h3>Recent calls</h3>
        <RecentCalls flow={flow} site={site} isLinked />
      </section>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What is said of the arrows from a site to a place. */
export function wayFigure(counts: ArrowCounts, source: string, target: string) {
  const count = counts.of({ source, target, when: 'answer' });
  return <span class="soft way-figure">{figureText(count, counts.leaving(source))}</span>;
}

/** The flow's calls, in a few words. */
export function callsText({ calls, sites }: Figures): string {
  const left = sites.reduce((sum, { exits }) => sum + exits, 0);
  return `${numberText(calls)} calls, ${shareText(left, calls)} ended at a site`;
}
