import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { ChartView } from '../../../src/views.ts';
import { mergeLabels } from '../../../src/diagram/merge-labels.ts';
import { focusOn } from '../lib/focus.ts';
import { count } from '../lib/format.ts';
import { textOf } from '../../../src/language.ts';
import { href } from '../lib/route.ts';
import { Icon } from './icons.tsx';

const KINDS = {
  capture: 'Takes keys',
  bridge: 'Connects to somebody',
  step: 'Runs code',
  waitFor: 'Waits for a signal',
  settings: 'Reads settings',
} as const;

/** What a site says and where it leads. */
export function SitePanel(props: {
  readonly chart: ChartView;
  readonly name: string;
  readonly live: number;
  /** What a layer of the diagram says of the site. */
  readonly children?: ComponentChildren;
  /** What a layer says of the arrows that lead to a place. */
  readonly wayNote?: ((to: string) => ComponentChildren) | undefined;
  readonly onSelect: (site: string | null) => void;
}) {
  const { chart, name, live, wayNote, onSelect } = props;
  const site = chart.sites.find((one) => one.name === name);
  const head = useRef<HTMLHeadingElement>(null);
  // Back to where the panel was opened from.
  const close = (): void => {
    const quoted = CSS.escape(name);
    const places = [`.outline-row[data-row="${quoted}"]`, `.hs-node[data-node="${quoted}"]`, '.diagram-frame'];
    places.some((place) => focusOn(place));
    onSelect(null);
  };
  const frame = (says: string, children: ComponentChildren) => (
    <aside class="site-panel" aria-label={`Site ${name}`} onKeyDown={({ key }) => key === 'Escape' && close()}>
      <div class="site-head">
        <div>
          <h2 ref={head} tabIndex={-1}>
            {name}
          </h2>
          <p class="soft">{says}</p>
        </div>
        <button type="button" class="icon-button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </aside>
  );
  if (site === undefined) {
    const names = chart.sites.map((one) => one.name);
    return frame(`The flow ${chart.flow} has no site of this name.`, <p>There are: {names.join(', ')}.</p>);
  }
  const ways = waysFrom(chart, name);
  const go = (to: string): void => {
    head.current?.focus();
    onSelect(to);
  };
  return frame(
    `${KINDS[site.kind]}${site.sensitive ? ', sensitive' : ''}`,
    <>
      {live > 0 && (
        <a class="live-link" href={href('calls', [], { flow: chart.flow, site: name, outcome: 'live' })}>
          {count(live, 'call')} here now
        </a>
      )}
      {site.kind !== 'step' && site.kind !== 'settings' && (
        <a class="past-link" href={href('calls', [], { flow: chart.flow, site: name })}>
          Calls that stand or ended here
        </a>
      )}
      {props.children}
      {site.prompts.length > 0 && (
        <section>
          <h3>{site.prompts.length === 1 ? 'Says' : 'Says, depending on the way here'}</h3>
          <ul class="prompts">
            {site.prompts.map((prompt, index) => (
              <li key={prompt} {...textOf(site.voices[index] ?? null)}>
                {prompt}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>Leads to</h3>
        <dl class="ways">
          {ways.map(({ to, labels }) => (
            <div key={to}>
              <dt>{labels.join(', ')}</dt>
              <dd>
                {chart.sites.some((one) => one.name === to) ? (
                  <button type="button" class="link" onClick={() => go(to)}>
                    {to === name ? 'itself, again' : to}
                  </button>
                ) : (
                  <span>{to === 'failed' ? 'a failure of the flow' : 'the end'}</span>
                )}
              </dd>
              {wayNote !== undefined && <dd class="way-note">{wayNote(to)}</dd>}
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>Shortest way here</h3>
        <p>{site.path.length === 0 ? 'The call begins here.' : site.path.join(' → ')}</p>
      </section>
    </>,
  );
}

function waysFrom({ arrows, sites }: ChartView, name: string): readonly { readonly to: string; readonly labels: readonly string[] }[] {
  const ways = new Map<string, string[]>();
  for (const { from, to, label, when } of arrows) {
    if (from !== name || when !== 'answer') continue;
    ways.set(to, [...(ways.get(to) ?? []), label]);
  }
  const answers = sites.find((site) => site.name === name)?.answers ?? [];
  return [...ways].map(([to, labels]) => ({ to, labels: mergeLabels(labels, answers) }));
}
