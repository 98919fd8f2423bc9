import type { Chart } from '@hookswitch/dsl';

/** How far each site of a chart is from one of them, in answers and outcomes; a site from which no way leads there has no distance. */
type Distances = ReadonlyMap<string, number>;

/** Knows the ways of a chart, for callers who want to get somewhere. */
export class Steering {
  /** The sites that callers can be sent to: those where the platform is waited for. */
  readonly targets: readonly string[];
  readonly #before = new Map<string, string[]>();
  readonly #distances = new Map<string, Distances>();

  constructor(chart: Chart) {
    this.targets = [...chart.sites.values()].filter(({ wait }) => wait === 'platform').map(({ name }) => name);
    for (const { from, to, when } of chart.arrows) {
      if (when !== 'answer') continue;
      const known = this.#before.get(to);
      if (known === undefined) this.#before.set(to, [from]);
      else known.push(from);
    }
  }

  /** How many answers are needed from `site` to `target`, at least; infinite where none lead there. */
  distance(site: string, target: string): number {
    let known = this.#distances.get(target);
    if (known === undefined) this.#distances.set(target, (known = this.#distancesTo(target)));
    return known.get(site) ?? Number.POSITIVE_INFINITY;
  }

  #distancesTo(target: string): Distances {
    const distances = new Map([[target, 0]]);
    for (const [site, distance] of distances) {
      for (const before of this.#before.get(site) ?? []) if (!distances.has(before)) distances.set(before, distance + 1);
    }
    return distances;
  }
}
