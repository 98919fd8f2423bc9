import type { Decision } from '../generator/decision.ts';
import type { Reached, Witness } from './witness.ts';

/** One place in the author's code that makes what a site waits for. */
export interface SourceOfSite {
  readonly source: string;
  readonly witness: Witness;
  readonly effect: NonNullable<Decision['effect']>;
}

/** Which places in the author's code make which sites. */
export class SiteSources {
  readonly #sites = new Map<string, Map<string, SourceOfSite>>();

  add({ decision: { site, effect }, witness }: Reached): void {
    const line = effect?.source;
    if (effect === null || line === undefined || line === 'unknown') return;
    let known = this.#sites.get(site);
    if (known === undefined) this.#sites.set(site, (known = new Map()));
    if (!known.has(line)) known.set(line, { source: line, witness, effect });
  }

  /** The first place of a site, or null where none is known. */
  of(site: string): string | null {
    return this.places(site)[0]?.source ?? null;
  }

  /** All places of a site. */
  places(site: string): readonly SourceOfSite[] {
    return [...(this.#sites.get(site)?.values() ?? [])];
  }

  sites(): Iterable<string> {
    return this.#sites.keys();
  }
}

/** A source without its column; null where it is not known. */
export function lineOf(source: string | undefined): string | null {
  return source === undefined || source === 'unknown' ? null : source.replace(/:\d+$/, '');
}
