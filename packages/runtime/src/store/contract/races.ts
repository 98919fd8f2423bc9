import { expect, it } from 'vitest';
import type { CallRecord } from '../store.ts';
import { aCall, aTurn, entries, insert, next, NOON, type TheStore } from './call.ts';

/** What is unique, and who wins. */
export function describeRaces(store: TheStore): void {
  it('lets exactly one of many concurrent changes of a call win', async () => {
    const call = await insert(store());
    const changes = Array.from({ length: 20 }, (_, index) => ({
      call: next(call, { site: `site-${index}`, journalLength: 1 }),
      journal: entries(0, `${index}`),
      turn: aTurn(0, `answer ${index}`),
    }));
    const outcomes = await Promise.all(changes.map((change) => store().commit(change)));
    const winner = outcomes.indexOf('committed');
    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
    expect(await store().load({ id: call.id })).toStrictEqual({ call: changes[winner]?.call, journal: entries(0, `${winner}`) });
    expect(await store().turns(call.id)).toStrictEqual([aTurn(0, `answer ${winner}`)]);
  });

  it('lets exactly one of many concurrent inserts of a session win', async () => {
    const calls = Array.from({ length: 10 }, () => aCall({ sessionId: 'the same' }));
    const outcomes = await Promise.all(calls.map((call) => store().commit({ call, turn: aTurn(0) })));
    const winner = calls[outcomes.indexOf('committed')];
    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
    expect((await store().load({ subAccountId: 'acme', sessionId: 'the same' }))?.call.id).toBe(winner?.id);
    expect((await store().list({})).calls).toHaveLength(1);
  });

  it('loses none of many concurrent changes of different calls', async () => {
    const calls = await Promise.all(Array.from({ length: 100 }, (_, index) => insert(store(), { id: `call ${index}` })));
    const outcomes = await Promise.all(calls.map((call) => store().commit({ call: next(call, { site: call.id }), turn: aTurn(0) })));
    expect(new Set(outcomes)).toEqual(new Set(['committed']));
    const stored = await Promise.all(calls.map(({ id }) => store().load({ id })));
    expect(stored.map((one) => one?.call.site)).toEqual(calls.map(({ id }) => id));
  });

  it.each<[string, Partial<CallRecord>]>([
    ['session', { sessionId: 'taken', clientRequestId: null }],
    ['client request id', { sessionId: null, clientRequestId: 'taken' }],
  ])('holds a %s once per subaccount', async (_, taken) => {
    await insert(store(), taken);
    const second = aCall(taken);
    expect(await store().commit({ call: second, turn: aTurn(0), timeline: [{ at: 1, kind: 'log', data: '{}' }] })).toBe('conflict');
    expect(await store().load({ id: second.id })).toBeNull();
    expect([await store().turns(second.id), await store().timeline(second.id)]).toEqual([[], []]);
    expect(await store().commit({ call: aCall({ ...taken, subAccountId: 'other' }) })).toBe('committed');
  });

  it.each<[string, Partial<CallRecord>]>([
    ['session', { sessionId: 'taken' }],
    ['client request id', { clientRequestId: 'taken' }],
  ])('conflicts at a change that takes the %s of another call', async (_, taken) => {
    await insert(store(), taken);
    const call = await insert(store(), { sessionId: null });
    expect(await store().commit({ call: next(call, { ...taken, journalLength: 1 }), journal: entries(0, '1'), turn: aTurn(0) })).toBe(
      'conflict',
    );
    expect(await store().load({ id: call.id })).toStrictEqual({ call, journal: [] });
    expect(await store().turns(call.id)).toEqual([]);
  });

  it('numbers an outbound call once its session is known, and frees what it gives up', async () => {
    const call = await insert(store(), { sessionId: null, direction: 'outbound', status: 'pending' });
    const numbered = next(call, { sessionId: 'known', status: 'live' });
    await store().commit({ call: numbered });
    expect((await store().load({ subAccountId: 'acme', sessionId: 'known' }))?.call).toStrictEqual(numbered);
    await store().commit({ call: next(numbered, { sessionId: null }) });
    expect(await store().commit({ call: aCall({ sessionId: 'known' }) })).toBe('committed');
  });

  it('conflicts at a commit that is repeated', async () => {
    const change = { call: aCall({ journalLength: 1 }), journal: entries(0, '1'), turn: aTurn(0) };
    expect([await store().commit(change), await store().commit(change)]).toEqual(['committed', 'conflict']);
    expect((await store().load({ id: change.call.id }))?.journal).toHaveLength(1);
  });

  it('reads what it has acknowledged, at once and by every way', async () => {
    const call = await insert(store(), { clientRequestId: 'mine', dueAt: NOON }, { turn: aTurn(0) });
    expect((await store().findByClientRequestId('acme', 'mine'))?.id).toBe(call.id);
    expect(await store().due(NOON, 10)).toEqual([call.id]);
    expect((await store().list({})).calls).toStrictEqual([call]);
    expect(await store().liveCounts()).toStrictEqual([{ flow: 'support', flowVersion: '1', site: 'main', count: 1 }]);
  });
}
