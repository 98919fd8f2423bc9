import { describe, expect, it } from 'vitest';
import { StoreUnavailableError, type StoreFailure } from '../errors/store-unavailable-error.ts';
import { FOLD_BATCH, Folding, FOLDS_BEFORE_GROWING } from './folding.ts';

/** A store with calls to count that fails with `reason` at more than `bearable` of them. */
class SlowStore {
  readonly asked: number[] = [];
  folded = 0;
  waiting: number;
  bearable: number;
  readonly #reason: StoreFailure;

  constructor(waiting: number, bearable: number, reason: StoreFailure = 'timeout') {
    [this.waiting, this.bearable, this.#reason] = [waiting, bearable, reason];
  }

  foldCounts(limit: number): Promise<number> {
    this.asked.push(limit);
    const trouble = { store: 'memory', operation: 'foldCounts', reason: this.#reason, outcome: 'unknown', detail: null } as const;
    if (limit > this.bearable) return Promise.reject(new StoreUnavailableError(trouble));
    const some = Math.min(limit, this.waiting);
    this.waiting -= some;
    this.folded += some;
    return Promise.resolve(some);
  }
}

/** What `rounds` rounds say: whether there is more, or that the store failed. */
async function fold(folding: Folding, store: SlowStore, rounds: number): Promise<readonly (boolean | 'failed')[]> {
  const said: (boolean | 'failed')[] = [];
  for (let round = 0; round < rounds; round++) said.push(await folding.next(store).catch(() => 'failed' as const));
  return said;
}

describe('counts are added to the counters', () => {
  it('in whole batches, as long as there are more', async () => {
    const store = new SlowStore(2 * FOLD_BATCH + 1, FOLD_BATCH);
    expect(await fold(new Folding(), store, 3)).toEqual([true, true, false]);
    expect([store.asked, store.folded]).toEqual([[FOLD_BATCH, FOLD_BATCH, FOLD_BATCH], 2 * FOLD_BATCH + 1]);
  });

  it('in batches half as large after each that was not done in time, until one is', async () => {
    const store = new SlowStore(10_000, 70);
    expect(await fold(new Folding(), store, 5)).toEqual(['failed', 'failed', 'failed', true, true]);
    expect(store.asked).toEqual([500, 250, 125, 62, 62]);
  });

  it('one by one at least', async () => {
    const store = new SlowStore(10, 1);
    const folding = new Folding();
    await fold(folding, store, 12);
    store.bearable = 0;
    await fold(folding, store, 3);
    expect(store.asked.slice(-6)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('in larger batches again once the store has kept up, and all of them in the end', async () => {
    const store = new SlowStore(20_000, 130);
    const folding = new Folding();
    await fold(folding, store, 3);
    store.bearable = FOLD_BATCH;
    await fold(folding, store, 2 * FOLDS_BEFORE_GROWING + 1);
    expect([store.asked[2], store.asked[2 + FOLDS_BEFORE_GROWING], store.asked.at(-1)]).toEqual([125, 250, FOLD_BATCH]);
    while (store.waiting > 0) await folding.next(store);
    expect(store.folded).toBe(20_000);
  });

  it('hardly ever in vain where the store stays slow', async () => {
    const store = new SlowStore(100_000, 130);
    const said = await fold(new Folding(), store, 2 + 11 * FOLDS_BEFORE_GROWING);
    expect(said.filter((one) => one === 'failed')).toHaveLength(2 + FOLDS_BEFORE_GROWING);
  });

  it('in batches that stay small where few calls end', async () => {
    const store = new SlowStore(300, 130);
    const folding = new Folding();
    await fold(folding, store, 2 + 3 + 2 * FOLDS_BEFORE_GROWING);
    expect([store.folded, store.asked.at(-1)]).toEqual([300, 125]);
  });

  it.each<StoreFailure>(['unreachable', 'exhausted', 'full', 'busy'])('in batches as before where the store is %s', async (reason) => {
    const store = new SlowStore(1_000, 0, reason);
    await fold(new Folding(), store, 3);
    expect(store.asked).toEqual([FOLD_BATCH, FOLD_BATCH, FOLD_BATCH]);
  });
});
