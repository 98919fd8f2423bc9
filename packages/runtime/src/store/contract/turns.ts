import { expect, it } from 'vitest';
import { aTurn, entries, insert, next, NOON, type TheStore } from './call.ts';

/** Turns and their answers, rewriting, timelines. */
export function describeTurns(store: TheStore): void {
  it('stores a turn without its answer, then with it', async () => {
    const call = await insert(store(), {}, { turn: aTurn(0, null) });
    expect(await store().turn(call.id, 0)).toStrictEqual(aTurn(0, null));
    const answered = { ...aTurn(0, 'bytes', 'other-event'), event: '{"again":true}', at: NOON + 9 };
    expect(await store().commit({ call: next(call), turn: answered })).toBe('committed');
    expect(await store().turn(call.id, 0)).toStrictEqual(answered);
  });

  it.each([
    ['another answer', 'other'],
    ['none', null],
  ])('never replaces a stored answer by %s, and then changes nothing at all', async (_, answer) => {
    const call = await insert(store(), {}, { turn: aTurn(0, 'first') });
    const change = {
      call: next(call, { site: 'other', journalLength: 1 }),
      journal: entries(0, '1'),
      turn: aTurn(0, answer),
      timeline: [{ at: 1, kind: 'log', data: '{}' }],
    };
    expect(await store().commit(change)).toBe('conflict');
    expect(await store().load({ id: call.id })).toStrictEqual({ call, journal: [] });
    expect([await store().turns(call.id), await store().timeline(call.id)]).toStrictEqual([[aTurn(0, 'first')], []]);
  });

  it('takes an empty answer for an answer', async () => {
    const call = await insert(store(), {}, { turn: aTurn(0, '') });
    expect(await store().commit({ call: next(call), turn: aTurn(0, 'late') })).toBe('conflict');
  });

  it('keeps the turns of each call apart, first to last', async () => {
    const [one, other] = [await insert(store(), {}, { turn: aTurn(0) }), await insert(store(), {}, { turn: aTurn(0, 'of the other') })];
    await store().commit({ call: next(one), turn: aTurn(11) });
    await store().commit({ call: next(one, { revision: 3 }), turn: aTurn(2) });
    expect(await store().turns(one.id)).toStrictEqual([aTurn(0), aTurn(2), aTurn(11)]);
    expect(await store().turns(other.id)).toStrictEqual([aTurn(0, 'of the other')]);
    expect(await store().turn(one.id, 1)).toBeNull();
  });

  it('finds the turn that an event asked for, the last of several', async () => {
    const call = await insert(store(), {}, { turn: aTurn(0, 'a', 'event') });
    await store().commit({ call: next(call), turn: aTurn(1, 'b', 'event') });
    await store().commit({ call: next(call, { revision: 3 }), turn: aTurn(2, 'c', null) });
    expect(await store().turnOfEvent(call.id, 'event')).toStrictEqual(aTurn(1, 'b', 'event'));
    expect(await store().turnOfEvent(call.id, 'other')).toBeNull();
    expect(await store().turnOfEvent('nobody', 'event')).toBeNull();
  });

  it('rewrites journal rows and turns in place, answers too, and adds none', async () => {
    const call = await insert(store(), { journalLength: 3 }, { journal: entries(0, 'a', 'b', 'c'), turn: aTurn(0, 'secret') });
    const erased = { ...aTurn(0, 'erased', null), event: '{}' };
    const rewrite = { journal: [...entries(1, '•'), ...entries(2, '••'), ...entries(9, 'none')], turns: [erased, aTurn(5)] };
    expect(await store().commit({ call: next(call), rewrite })).toBe('committed');
    expect((await store().load({ id: call.id }))?.journal).toStrictEqual(entries(0, 'a', '•', '••'));
    expect(await store().turns(call.id)).toStrictEqual([erased]);
  });

  it('rewrites nothing of a call that has changed meanwhile', async () => {
    const call = await insert(store(), { journalLength: 1 }, { journal: entries(0, 'a'), turn: aTurn(0, 'kept') });
    const rewrite = { journal: entries(0, 'x'), turns: [aTurn(0, 'x')] };
    expect(await store().commit({ call: next(call, { revision: 3 }), rewrite })).toBe('conflict');
    expect((await store().load({ id: call.id }))?.journal).toStrictEqual(entries(0, 'a'));
    expect(await store().turn(call.id, 0)).toStrictEqual(aTurn(0, 'kept'));
  });

  it('keeps a timeline in the order of adding, of commits and of append', async () => {
    const row = (at: number, kind: string) => ({ at, kind, data: `{"at":${at}}` });
    const call = await insert(store(), {}, { timeline: [row(5, 'log'), row(4, 'hold')] });
    await store().append(call.id, [row(3, 'status'), row(3, 'recording')]);
    await store().commit({ call: next(call), timeline: [row(1, 'log')] });
    expect(await store().timeline(call.id)).toStrictEqual([
      row(5, 'log'),
      row(4, 'hold'),
      row(3, 'status'),
      row(3, 'recording'),
      row(1, 'log'),
    ]);
    expect((await store().load({ id: call.id }))?.call.revision).toBe(2);
  });

  it('keeps the timeline of a session that it does not know', async () => {
    const key = 'session:acme/unknown';
    await store().append(key, [{ at: NOON, kind: 'status', data: '{}' }]);
    await store().append(key, []);
    expect(await store().timeline(key)).toStrictEqual([{ at: NOON, kind: 'status', data: '{}' }]);
    expect(await store().timeline('session:acme/other')).toEqual([]);
  });

  it('keeps a timeline for the longest session there can be, and refuses what is longer', async () => {
    const key = `session:${'欢'.repeat(256)}/${'迎'.repeat(256)}`;
    await store().append(key, [{ at: NOON, kind: 'status', data: '{}' }]);
    expect(await store().timeline(key)).toHaveLength(1);
    await expect(store().append('x'.repeat(600), [])).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument: 'append.callId' });
  });
}
