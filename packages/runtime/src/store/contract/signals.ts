import { expect, it } from 'vitest';
import { aSignal, HOUR, insert, next, NOON, type StoreHarness, type TheStore } from './call.ts';

/** Signals, which ride on the changes of their call. */
export function describeSignals(store: TheStore, { reopen }: StoreHarness): void {
  it('keeps signals by their numbers, each as it came', async () => {
    const call = await insert(store());
    const rows = [
      aSignal({ number: 1, key: 'k\u0000', name: 'x'.repeat(64) }),
      aSignal({ number: 0, data: '"\u001e"' }),
      aSignal({ number: 12 }),
    ];
    expect(await store().commit({ call: next(call), signals: rows })).toBe('committed');
    expect(await store().signals(call.id)).toStrictEqual([rows[1], rows[0], rows[2]]);
    expect(await store().signals('nobody')).toEqual([]);
  });

  it('keeps them with the call that they begin with', async () => {
    const call = await insert(store(), {}, { signals: [aSignal()] });
    expect(await store().signals(call.id)).toStrictEqual([aSignal()]);
  });

  it('replaces one of the same number, and lists none without data', async () => {
    const call = await insert(store(), {}, { signals: [aSignal({ key: 'k' }), aSignal({ number: 1 })] });
    const taken = aSignal({ key: 'k', data: null, digest: '' });
    await store().commit({ call: next(call), signals: [taken, aSignal({ number: 2 })] });
    expect(await store().signals(call.id)).toStrictEqual([aSignal({ number: 1 }), aSignal({ number: 2 })]);
    expect(await store().signalOfKey(call.id, 'k')).toStrictEqual(taken);
  });

  it('finds one by its key, in its own call alone', async () => {
    const call = await insert(store(), {}, { signals: [aSignal(), aSignal({ number: 1, key: 'K' }), aSignal({ number: 2, key: 'k' })] });
    const other = await insert(store(), {}, { signals: [aSignal({ number: 7, key: 'k' })] });
    const found = [
      await store().signalOfKey(call.id, 'k'),
      await store().signalOfKey(other.id, 'k'),
      await store().signalOfKey(call.id, 'x'),
    ];
    expect(found.map((row) => row?.number ?? null)).toEqual([2, 7, null]);
  });

  it('keeps none of a change that conflicts', async () => {
    const call = await insert(store());
    expect(await store().commit({ call: next(call, { revision: 7 }), signals: [aSignal()] })).toBe('conflict');
    expect(await store().signals(call.id)).toEqual([]);
  });

  it('keeps those of one of two changes that were made at once', async () => {
    const call = await insert(store());
    const both = await Promise.all([0, 1].map((at) => store().commit({ call: next(call), signals: [aSignal({ key: 'k', at })] })));
    expect(both.toSorted()).toEqual(['committed', 'conflict']);
    expect(await store().signals(call.id)).toStrictEqual([aSignal({ key: 'k', at: both.indexOf('committed') })]);
  });

  it('keeps those of many calls that change together', async () => {
    const calls = await Promise.all(Array.from({ length: 20 }, () => insert(store())));
    await Promise.all(calls.map((call, at) => store().commit({ call: next(call), signals: at % 3 === 0 ? [] : [aSignal({ at })] })));
    const kept = await Promise.all(calls.map(({ id }) => store().signals(id)));
    expect(kept).toStrictEqual(calls.map((_, at) => (at % 3 === 0 ? [] : [aSignal({ at })])));
  });

  it('keeps 64 KB, and a hundred of them', async () => {
    const data = JSON.stringify('欢'.repeat(21_000));
    const call = await insert(store(), {}, { signals: Array.from({ length: 100 }, (_, number) => aSignal({ number, data })) });
    const kept = await store().signals(call.id);
    expect([kept.length, kept.every((row) => row.data === data)]).toEqual([100, true]);
  });

  it.each([
    ['a name that is too long', [aSignal({ name: 'x'.repeat(65) })]],
    ['a key that is too long', [aSignal({ key: 'x'.repeat(257) })]],
    ['a number below 0', [aSignal({ number: -1 })]],
    ['a number twice', [aSignal(), aSignal()]],
  ])('refuses %s', async (_, signals) => {
    const call = await insert(store());
    const refused = store().commit({ call: next(call), signals });
    await expect(refused).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument: 'commit.signals' });
  });

  it('deletes them with their call', async () => {
    const call = await insert(store(), { id: 'gone', endedAt: NOON, status: 'ended' }, { signals: [aSignal({ key: 'k' })] });
    await store().prune(NOON + HOUR, 10);
    expect([await store().signals(call.id), await store().signalOfKey(call.id, 'k')]).toEqual([[], null]);
    await insert(store(), { id: 'gone' });
    expect(await store().signals('gone')).toEqual([]);
  });

  it.skipIf(reopen === null)('keeps them over a restart', async () => {
    const call = await insert(store(), {}, { signals: [aSignal({ key: 'k' })] });
    const again = await reopen?.(store());
    expect(await again?.signals(call.id)).toStrictEqual([aSignal({ key: 'k' })]);
    await again?.close();
  });
}
