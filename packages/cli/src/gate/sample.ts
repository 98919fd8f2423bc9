import { createHash } from 'node:crypto';
import type { ListedCall } from './gate-source.ts';

/** A call that was drawn, and how many it stands for. */
export interface Drawn {
  readonly id: string;
  /** Calls of its stratum, by calls drawn from it; at least 1. */
  readonly standsFor: number;
}

interface Stratum {
  readonly key: string;
  size: number;
  /** The calls that come first by a hash of their ids. */
  kept: { readonly id: string; readonly rank: number }[];
}

/**
 * Draws calls so that each flow, version and last arrow has its share, and the rare ones have one at least. The same calls give the same draw, in whatever order they
 * come. Holds as many ids of each arrow as are wanted at most, however many calls there are.
 */
export class Sample {
  readonly #wanted: number;
  readonly #strata = new Map<string, Stratum>();

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  /** Calls that were offered. */
  get offered(): number {
    return [...this.#strata.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Kinds of calls among them. */
  get strata(): number {
    return this.#strata.size;
  }

  offer({ id, flow, flowVersion, arrow }: ListedCall): void {
    const key = JSON.stringify([flow, flowVersion, arrow]);
    let stratum = this.#strata.get(key);
    if (stratum === undefined) this.#strata.set(key, (stratum = { key, size: 0, kept: [] }));
    stratum.size++;
    stratum.kept.push({ id, rank: rankOf(id) });
    if (stratum.kept.length > 2 * this.#wanted) stratum.kept = first(stratum.kept, this.#wanted);
  }

  draw(): readonly Drawn[] {
    const strata = this.#sorted();
    const shares = sharesOf(
      strata.map(({ size }) => size),
      this.#wanted,
    );
    return strata.flatMap(({ size, kept }, index) => {
      const share = shares[index] ?? 0;
      return first(kept, share).map(({ id }) => ({ id, standsFor: size / share }));
    });
  }

  /** The biggest first. */
  #sorted(): readonly Stratum[] {
    return [...this.#strata.values()].sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1));
  }
}

/** How many to take of each size, `wanted` in all: one of each as far as that goes, the biggest first, and then by size. */
export function sharesOf(sizes: readonly number[], wanted: number): readonly number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all <= wanted) return sizes;
  const shares: number[] = sizes.map((_, index) => (index < wanted ? 1 : 0));
  let left = wanted - Math.min(wanted, sizes.length);
  const spare = left;
  const rest = all - sizes.length;
  const exact = sizes.map((size) => (rest === 0 ? 0 : ((size - 1) * spare) / rest));
  exact.forEach((share, index) => {
    shares[index] = (shares[index] ?? 0) + Math.floor(share);
    left -= Math.floor(share);
  });
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

function first(kept: Stratum['kept'], count: number): Stratum['kept'] {
  return kept.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)).slice(0, count);
}

/** Spreads ids evenly, whatever they have in common, and the same way each time. */
function rankOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE();
}
