import type { Standing } from '../generator/replay.ts';
import type { Journal } from '../generator/journal.ts';

/** Whether live generators are kept between events: always, never, or as a function decides each time (tests drop them at random). */
export type LiveCacheMode = 'on' | 'off' | (() => boolean);

/**
 * Keeps live generators by the identity of the journal at which they stand. A generator is *taken*: it moves on with the event it was taken for,
 * so that whoever asks again at the same journal replays.
 */
export class LiveCache {
  readonly #standings = new WeakMap<Journal, Standing>();
  readonly #mode: LiveCacheMode;

  constructor(mode: LiveCacheMode) {
    this.#mode = mode;
  }

  take(journal: Journal): Standing | undefined {
    const standing = this.#standings.get(journal);
    this.#standings.delete(journal);
    return standing;
  }

  put(journal: Journal, standing: Standing): void {
    if (this.#mode === 'off' || (this.#mode !== 'on' && !this.#mode())) return;
    this.#standings.set(journal, standing);
  }
}
