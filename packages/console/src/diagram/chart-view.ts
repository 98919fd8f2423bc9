import { type Chart, type ChartSite, type DrawingOptions, plainArrows } from '@hookswitch/dsl';
import { languageOf } from '../language.ts';

/** A site of a chart, as pages and diagrams show it. */
export interface SiteView {
  readonly name: string;
  readonly kind: ChartSite['kind'];
  /** What is spoken before the wait; up to eight variants, those in the flow's own language first. */
  readonly prompts: readonly string[];
  /** The voice of each prompt; null where none is known. */
  readonly voices: readonly (string | null)[];
  /** Labels of all classes of answers. */
  readonly answers: readonly string[];
  readonly sensitive: boolean;
  /** Shortest way here: keys, outcomes, results. */
  readonly path: readonly string[];
  /** What a wait for a signal waits for; absent at all other sites. */
  readonly signal?: SignalWaitView;
}

/** A signal that a site waits for. */
export interface SignalWaitView {
  readonly name: string;
  /** How long at most, ms. */
  readonly timeout: number;
  /** Values by name, as they are sent. */
  readonly examples: Readonly<Record<string, unknown>>;
}

/** An arrow of a chart. */
export interface ArrowView {
  /** A site; `idle` for the start of the call, `ended` for what follows the flow's last words. */
  readonly from: string;
  readonly label: string;
  /** A site, or `ended`, `failed`, `closed`, `not placed`. */
  readonly to: string;
  readonly when: 'start' | 'answer' | 'ended';
  /** True for the universal keys, which are not drawn unless somebody asks for them. */
  readonly universal: boolean;
}

/** A chart as plain JSON: what a process hands to another, and the server to the page. */
export interface ChartView {
  readonly flow: string;
  readonly version: string;
  readonly sites: readonly SiteView[];
  readonly arrows: readonly ArrowView[];
  /** True where exploration stopped before all was seen. */
  readonly truncated: boolean;
}

/** The plain form of a chart. */
export function viewChart(chart: Chart): ChartView {
  return {
    flow: chart.flow,
    version: chart.version,
    sites: [...chart.sites.values()].map(({ name, kind, prompts, voices, answers, sensitive, witness, signal }) => ({
      name,
      kind,
      prompts: prompts.filter(Boolean),
      voices: voices.filter((_voice, index) => prompts[index] !== ''),
      answers,
      sensitive,
      path: witness.labels,
      ...signalAt(chart, name, signal),
    })),
    arrows: chart.arrows.map(({ from, label, to, when, universal }) => ({ from, label, to, when, universal })),
    truncated: chart.explored.truncated,
  };
}

function signalAt({ signals }: Chart, site: string, signal: string | undefined): Pick<SiteView, 'signal'> {
  // The waits are told by their own names, and a site also by the sub-flows in front of it.
  const waits = signal === undefined ? [] : (signals.get(signal) ?? []);
  const wait = waits.find((one) => (one.id ?? one.name) === site.split('/').at(-1)) ?? waits[0];
  return wait === undefined ? {} : { signal: { name: wait.name, timeout: wait.timeout, examples: wait.examples ?? {} } };
}

/** The languages in which a chart's prompts are spoken, the flow's own first. */
export function languagesOf({ sites }: Pick<ChartView, 'sites'>): readonly string[] {
  const found = new Set(sites.flatMap(({ voices }) => voices.map(languageOf)));
  return [...found].filter((language) => language !== undefined);
}

/** A chart whose prompts in one language come first. */
export function inLanguage(chart: ChartView, language: string): ChartView {
  return { ...chart, sites: chart.sites.map((site) => ({ ...site, ...promptsIn(site, language) })) };
}

function promptsIn({ prompts, voices }: SiteView, language: string): Pick<SiteView, 'prompts' | 'voices'> {
  const said = prompts.map((prompt, index) => ({ prompt, voice: voices[index] ?? null }));
  const wanted = said.filter(({ voice }) => languageOf(voice) === language);
  const sorted = [...wanted, ...said.filter((one) => !wanted.includes(one))];
  return { prompts: sorted.map(({ prompt }) => prompt), voices: sorted.map(({ voice }) => voice) };
}

/** What of a chart is drawn: without the arrows of universal keys, and without their labels among the answers of a site. */
export function drawnPart(chart: ChartView, options: DrawingOptions): ChartView {
  const arrows = plainArrows(chart.arrows, options);
  const drawn = new Set(arrows);
  const hidden = new Set(chart.arrows.filter((arrow) => !drawn.has(arrow)).map(({ from, label }) => `${from}\n${label}`));
  const sites = chart.sites.map((site) => ({ ...site, answers: site.answers.filter((label) => !hidden.has(`${site.name}\n${label}`)) }));
  return { ...chart, sites, arrows };
}
