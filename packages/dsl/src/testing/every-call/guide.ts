import type { Entry } from '../../generator/journal.ts';
import type { Position } from '../../machine/compile.ts';

/** An answer that leads on. */
export type Guided = Exclude<Entry, { readonly ended: true } | { readonly diverged: unknown } | { readonly turnedAway: unknown }>;

/**
 * Leads a call the shortest way to a site that exploration knows, for as long as the call goes that way: chance alone hardly ever comes to what stands behind
 * a PIN, an order and a confirmation.
 */
export class Guide {
  readonly #entries: readonly Entry[];
  /** Up to which answer the way was gone; -1 once it was left. */
  #gone = 0;

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  /** What is to be answered where the call stands; null where the way is over, or was left. */
  next({ journal, site }: Position): Guided | null {
    const entry = this.#gone === journal.length ? this.#entries[journal.length] : undefined;
    if (entry === undefined || entry.site !== site || 'ended' in entry || 'diverged' in entry || 'turnedAway' in entry) return this.leave();
    this.#gone++;
    return entry;
  }

  /** The call goes its own way from here on. */
  leave(): null {
    this.#gone = -1;
    return null;
  }
}
