import { StoreUnavailableError } from '../errors/store-unavailable-error.ts';
import type { Store } from '../store/store.ts';

/** Calls whose counts are added to the counters at once, at most. */
export const FOLD_BATCH = 500;
/** Whole batches in a row after which a server that had taken smaller ones tries twice as many calls. */
export const FOLDS_BEFORE_GROWING = 10;

/**
 * Adds the counts of calls that are over to the counters, batch by batch. A batch that the store does not get done in time would fail again and again, and counts would pile up behind it: the
 * next one is half as large. One for each server.
 */
export class Folding {
  #size = FOLD_BATCH;
  #wholeInARow = 0;

  /** Adds the next batch; says whether there may be more. Rejects with what the store rejects with. */
  async next(store: Pick<Store, 'foldCounts'>): Promise<boolean> {
    const size = this.#size;
    try {
      const isWhole = (await store.foldCounts(size)) >= size;
      if (isWhole) this.#grow();
      return isWhole;
    } catch (error) {
      if (error instanceof StoreUnavailableError && error.reason === 'timeout') this.#shrink();
      throw error;
    }
  }

  #grow(): void {
    this.#wholeInARow++;
    if (this.#wholeInARow < FOLDS_BEFORE_GROWING) return;
    this.#size = Math.min(this.#size * 2, FOLD_BATCH);
    this.#wholeInARow = 0;
  }

  #shrink(): void {
    this.#size = Math.max(Math.floor(this.#size / 2), 1);
    this.#wholeInARow = 0;
  }
}
