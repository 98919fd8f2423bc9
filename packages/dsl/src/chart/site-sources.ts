import type { Decision } from '../generator/decision.ts';
import type { Reached, Witness } from './witness.ts';

/** One line of the author's that makes what a site waits for. */
export interface SourceOfSite {
  readonly source: string;
  readonly witness: Witness;
  readonly effect: NonNullable<Decision['effect']>;
}

/** Which lines of the author's make which sites. */
export class SiteSources {
  readonly #sites = new Map<string, Map<string, SourceOfSite>>();

  add({ decision: { site, effect }, witness, from }: Reached): void {
    // What a question asks again is made while it is played, not at its author's line.
    if (effect === null || (effect.kind === 'capture' && effect.shape !== null && from === site)) return;
    const line = lineOf(effect.source);
    if (line === null) return;
    let known = this.#sites.get(site);
    if (known === undefined) this.#sites.set(site, (known = new Map()));
    if (!known.has(line)) known.set(line, { source: effect.source as string, witness, effect });
  }

  /** The first line of a site, or null where none is known. */
  of(site: string): string | null {
    return this.lines(site)[0]?.source ?? null;
  }

  /** All lines of a site. */
  lines(site: string): readonly SourceOfSite[] {
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
