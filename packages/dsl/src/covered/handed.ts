/**
 * What the process of a test hands to the reporter: it rides on vitest's own task meta, which comes through any pool, with and without isolation, through blobs of
 * shards, and says by itself which file it belongs to. A test's meta has the arrows that it took, its file's the charts of the flows that were called.
 */
import type { Chart, ChartArrow, ChartSite } from '../chart/chart.ts';
import { plainArrows } from '../chart/plain-arrows.ts';
import type { ArrowName } from '../chart/taken-arrow.ts';
import type { Witness } from '../chart/witness.ts';
import type { Call } from '../flow/call.ts';
import type { Entry } from '../generator/journal.ts';
import type { CallMaker } from '../testing/recorder.ts';

/** The name under which it stands in the meta. */
export const META = 'hookswitch';

/** A site of a chart, as it is handed over. */
export interface HandedSite {
  readonly name: string;
  readonly kind: ChartSite['kind'];
  readonly way: string;
}

/** An arrow of a chart, as it is handed over. */
export interface HandedArrow extends ArrowName {
  /** False for the universal keys, where other keys lead to the same places. */
  readonly plain: boolean;
  /** The shortest way on which it is taken, itself last; empty for the beginning of an ordinary call. */
  readonly way: string;
}

/** A chart, as it is handed over. */
export interface HandedChart {
  readonly flow: string;
  readonly version: string;
  readonly sites: readonly HandedSite[];
  readonly arrows: readonly HandedArrow[];
}

/** Arrows that the calls of a test took, each with how often. */
export interface HandedArrows {
  readonly flow: string;
  readonly version: string;
  readonly maker: CallMaker;
  /** By the arrow's name as JSON: `[from, label, to, when]`. */
  readonly arrows: Record<string, number>;
}

/** What stands in the meta of a test, of a file, or of both. */
export interface Handed {
  readonly charts?: HandedChart[];
  readonly taken?: HandedArrows[];
}

/** The name of an arrow as one text. */
export function arrowKey({ from, label, to, when }: ArrowName): string {
  return JSON.stringify([from, label, to, when]);
}

/** The arrow of a name. */
export function arrowOf(key: string): ArrowName {
  const [from, label, to, when] = JSON.parse(key) as [string, string, string, ArrowName['when']];
  return { from, label, to, when };
}

/** The plain form of a chart. */
export function handChart(chart: Chart): HandedChart {
  const plain = new Set<ChartArrow>(plainArrows(chart.arrows));
  const usual = chart.arrows.find(({ from }) => from === 'idle')?.witness.call;
  return {
    flow: chart.flow,
    version: chart.version,
    sites: [...chart.sites.values()].map(({ name, kind, witness }) => ({ name, kind, way: wayOf(witness, chart, usual) })),
    arrows: chart.arrows.map((arrow) => {
      const { from, label, to, when, witness } = arrow;
      return { from, label, to, when, plain: plain.has(arrow), way: wayOf(witness, chart, usual) };
    }),
  };
}

/** How a place is reached, as one may do it in a test: `1 → no match (3) ×2 → find-parcel: unknown → hang-up`; what is special about the call comes first. */
function wayOf({ call, entries, labels }: Witness, { sites }: Chart, usual: Call | undefined): string {
  const deeds = entries.map((entry, index) => deedOf(entry, labels[index] as string, sites.get(entry.site)));
  const special = usual === undefined ? [] : specialOf(call, usual);
  const steps: string[] = special.length === 0 ? [] : [`(${special.join(', ')})`];
  for (let index = 0; index < deeds.length;) {
    const deed = deeds[index] as string;
    let times = 1;
    while (deeds[index + times] === deed) times++;
    steps.push(times === 1 ? deed : `${deed} ×${times}`);
    index += times;
  }
  return steps.join(' → ');
}

/** One answer in words: keys as they are pressed, unless they are a secret; results and outcomes with the site that they come from. */
function deedOf(entry: Entry, label: string, site: ChartSite | undefined): string {
  if ('ended' in entry || site === undefined) return label;
  if (site.kind !== 'capture') return `${site.name}: ${label}`;
  const keys = 'value' in entry && typeof entry.value === 'string' ? entry.value : '';
  return site.sensitive || keys === '' || label.includes(keys) ? label : `${label} (${keys})`;
}

function specialOf(call: Call, usual: Call): readonly string[] {
  const words: string[] = [];
  if (call.direction !== usual.direction) words.push(`${call.direction} call`);
  if (call.language !== usual.language) words.push(`in ${call.language ?? 'no language'}`);
  if (call.startedAt !== usual.startedAt) words.push(`at ${new Date(call.startedAt).toISOString().replace('.000Z', 'Z')}`);
  if (call.from !== usual.from && call.direction === usual.direction) words.push(call.from === null ? 'number withheld' : 'another caller');
  if (call.to !== usual.to && call.direction === usual.direction) words.push('another number called');
  if (call.direction === usual.direction && JSON.stringify(call.params) !== JSON.stringify(usual.params)) words.push('other params');
  return words;
}
