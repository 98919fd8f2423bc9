import type { ChartView } from '../../../src/views.ts';

/** What calls did, as far as it is drawn: a part of the answer of `GET /insights`. */
export interface Figures {
  readonly calls: number;
  readonly sites: readonly SiteFigures[];
  readonly arrows: readonly ArrowFigures[];
}

export interface SiteFigures {
  readonly site: string;
  /** That came by. */
  readonly calls: number;
  /** Of these, those that ended here. */
  readonly exits: number;
  /** Seconds. */
  readonly time: { readonly median: number } | null;
}

export interface ArrowFigures {
  readonly from: string;
  readonly label: string;
  readonly to: string;
  readonly when: string;
  readonly count: number;
}

/** Of fewer calls a percentage says more than is known. */
const FEW = 30;
const NUMBER = new Intl.NumberFormat('en');

/** `62 %`; of few, how many. */
export function shareText(count: number, of: number): string {
  return of < FEW ? NUMBER.format(count) : percent(count, of);
}

/** `62 % · 1,240`; of few, how many. */
export function figureText(count: number, of: number): string {
  return of < FEW ? NUMBER.format(count) : `${percent(count, of)} · ${NUMBER.format(count)}`;
}

function percent(count: number, of: number): string {
  const share = (100 * count) / of;
  // Some are not none, and not all.
  if (count > 0 && share < 1) return '<1 %';
  if (count < of && share > 99) return '>99 %';
  return `${Math.round(share)} %`;
}

/** `4.2 s`, `3 min`. */
export function timeText(seconds: number): string {
  return seconds < 90 ? `${Number(seconds.toFixed(1))} s` : `${Math.round(seconds / 60)} min`;
}

export function numberText(count: number): string {
  return NUMBER.format(count);
}

/** One drawn arrow: which arrows of the chart it stands for. */
export interface Drawn {
  readonly source: string;
  readonly target: string;
  readonly when: string;
}

/** Counts of arrows as they are drawn: those of universal keys only where these are. */
export class ArrowCounts {
  readonly #counts = new Map<string, number>();
  readonly #left = new Map<string, number>();

  constructor({ arrows }: Figures, chart: Pick<ChartView, 'arrows'>, keys: boolean) {
    const hidden = new Set(keys ? [] : chart.arrows.filter(({ universal }) => universal).map((arrow) => JSON.stringify(named(arrow))));
    for (const arrow of arrows) {
      this.#left.set(arrow.from, (this.#left.get(arrow.from) ?? 0) + arrow.count);
      if (hidden.has(JSON.stringify(named(arrow)))) continue;
      const key = keyOf({ source: arrow.from, target: arrow.to, when: arrow.when });
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + arrow.count);
    }
  }

  of(drawn: Drawn): number {
    return this.#counts.get(keyOf(drawn)) ?? 0;
  }

  /** How often a site was left at all. */
  leaving(site: string): number {
    return this.#left.get(site) ?? 0;
  }
}

function named({ from, label, to, when }: Omit<ArrowFigures, 'count'>): readonly string[] {
  return [from, label, to, when];
}

/** The end of a flow and the end of its session are drawn as one. */
function keyOf({ source, target, when }: Drawn): string {
  return JSON.stringify([source, target === 'closed' ? 'ended' : target, when]);
}
