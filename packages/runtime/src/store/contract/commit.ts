import { expect, it } from 'vitest';
import { aCall, aTurn, entries, HOUR, insert, next, NOON, type TheStore } from './call.ts';

/** How one call changes: revisions, journal, turns, rewriting. */
export function describeCommit(store: TheStore): void {
  it('inserts a call at revision 1 and gives it back as it was', async () => {
    const call = aCall({ clientRequestId: 'request', endedAt: NOON + 5, dueAt: null });
    expect(await store().commit({ call })).toBe('committed');
    expect(await store().load({ id: call.id })).toStrictEqual({ call, journal: [] });
  });

  it('gives back every nullable field as null', async () => {
    const call = aCall({ sessionId: null, from: null, endedAt: null, dueAt: null, clientRequestId: null });
    await store().commit({ call });
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(call);
  });

  it('finds a call by subaccount and session', async () => {
    const call = await insert(store());
    const key = { subAccountId: call.subAccountId, sessionId: call.sessionId ?? '' };
    expect((await store().load(key))?.call).toStrictEqual(call);
    expect(await store().load({ ...key, subAccountId: 'other' })).toBeNull();
  });

  it('has null for a call that it does not know', async () => {
    expect(await store().load({ id: 'nobody' })).toBeNull();
    expect(await store().load({ subAccountId: 'acme', sessionId: 'nobody' })).toBeNull();
    expect(await store().turn('nobody', 0)).toBeNull();
    expect(await store().turns('nobody')).toEqual([]);
  });

  it('replaces every field of the record at the next revision', async () => {
    const call = await insert(store());
    const changed = aCall({
      ...{ id: call.id, revision: 2, subAccountId: 'beta', sessionId: 'other', flow: 'sales', flowVersion: '2', direction: 'outbound' },
      ...{
        from: null,
        to: '+1',
        status: 'ended',
        site: 'ended',
        lastSite: 'main',
        turn: 7,
        startedAt: 1,
        seenAt: 2,
        endedAt: 3,
        dueAt: null,
      },
      ...{ clientRequestId: 'r', state: '{}', tags: { a: 'b', c: 1 }, result: 'null' },
    });
    expect(await store().commit({ call: changed, tags: ['a', 'c'] })).toBe('committed');
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(changed);
    expect(await store().load({ subAccountId: 'acme', sessionId: call.sessionId ?? '' })).toBeNull();
  });

  it('keeps a due time that moves within its slot and out of it', async () => {
    let call = await insert(store());
    for (const dueAt of [NOON + 2 * HOUR + 1, NOON + 9 * HOUR, null, NOON]) {
      call = next(call, { dueAt });
      await store().commit({ call });
      expect((await store().load({ id: call.id }))?.call.dueAt).toBe(dueAt);
    }
  });

  it.each([
    ['an insert of a call that exists', 1],
    ['the stored revision', 2],
    ['a revision that leaves one out', 4],
  ])('conflicts at %s and changes nothing', async (_, revision) => {
    const call = next(await insert(store()));
    await store().commit({ call });
    const late = { ...call, revision, site: 'late', journalLength: 1 };
    expect(
      await store().commit({ call: late, journal: entries(0, '1'), turn: aTurn(0), timeline: [{ at: 1, kind: 'log', data: '{}' }] }),
    ).toBe('conflict');
    expect(await store().load({ id: call.id })).toStrictEqual({ call, journal: [] });
    expect([await store().turns(call.id), await store().timeline(call.id)]).toEqual([[], []]);
  });

  it('conflicts at a change of a call that it does not know', async () => {
    const call = aCall({ revision: 2 });
    expect(await store().commit({ call, turn: aTurn(0) })).toBe('conflict');
    expect(await store().load({ id: call.id })).toBeNull();
  });

  it('appends to the journal, oldest first', async () => {
    const call = await insert(store(), { journalLength: 2 }, { journal: entries(0, '"a"', '"b"') });
    await store().commit({ call: next(call, { journalLength: 3 }), journal: entries(2, '"c"') });
    expect((await store().load({ id: call.id }))?.journal).toStrictEqual(entries(0, '"a"', '"b"', '"c"'));
  });

  it('tells a journal of one empty text from an empty journal', async () => {
    const call = await insert(store(), { journalLength: 1 }, { journal: entries(0, '') });
    expect((await store().load({ id: call.id }))?.journal).toStrictEqual(entries(0, ''));
  });

  it('conflicts where the journal is not as long as the new rows say', async () => {
    const call = await insert(store(), { journalLength: 2 }, { journal: entries(0, '1', '2') });
    expect(await store().commit({ call: next(call, { journalLength: 2 }), journal: entries(1, 'again') })).toBe('conflict');
    expect(await store().commit({ call: next(call, { journalLength: 4 }), journal: entries(3, 'gap') })).toBe('conflict');
    expect(await store().commit({ call: next(call, { journalLength: 5 }) })).toBe('conflict');
    expect((await store().load({ id: call.id }))?.journal).toStrictEqual(entries(0, '1', '2'));
  });

  it.each([
    ['rows with a gap', { journal: [...entries(0, '1'), ...entries(2, '2')] }, 'commit.journal'],
    ['rows that end before journalLength', { journal: entries(0, '1') }, 'commit.journal'],
    ['revision 0', { call: aCall({ revision: 0 }) }, 'commit.call.revision'],
    ['an insert without its first rows', { call: aCall({ journalLength: 2 }), journal: entries(1, '1') }, 'commit.journal'],
    [
      'a rewrite of what it adds',
      { journal: entries(0, '1', '2'), rewrite: { journal: entries(1, 'x'), turns: [] } },
      'commit.rewrite.journal',
    ],
    [
      'a rewrite of the turn it stores',
      { call: aCall(), turn: aTurn(0), rewrite: { journal: [], turns: [aTurn(0)] } },
      'commit.rewrite.turns',
    ],
    ['inbox rows of no session', { call: aCall({ sessionId: null }), takes: [] }, 'commit.takes'],
    ['an id of 257 characters', { call: aCall({ id: 'x'.repeat(257) }) }, 'commit.call.id'],
    ['a session of 257 characters', { call: aCall({ sessionId: 'x'.repeat(257) }) }, 'commit.call.sessionId'],
  ])('refuses a change with %s', async (_, change, argument) => {
    const commit = { call: aCall({ journalLength: 2 }), ...change };
    await expect(store().commit(commit)).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
    expect(await store().load({ id: commit.call.id })).toBeNull();
  });

  it('keeps ids of 256 characters', async () => {
    const [id, long] = ['欢'.repeat(256), '👩'.repeat(128)];
    const call = await insert(store(), { id, subAccountId: long, sessionId: id, clientRequestId: long });
    expect((await store().load({ subAccountId: long, sessionId: id }))?.call).toStrictEqual(call);
    expect(await store().findByClientRequestId(long, long)).toStrictEqual(call);
  });

  it('keeps what it was given, whatever becomes of the objects', async () => {
    const call = { ...aCall({ journalLength: 1 }) };
    const [row] = entries(0, 'kept');
    const turn = aTurn(0, 'kept');
    await store().commit({ call, journal: row === undefined ? [] : [row], turn });
    Object.assign(call, { site: 'changed' });
    Object.assign(row ?? {}, { data: 'changed' });
    Object.assign(turn, { answer: 'changed' });
    expect(await store().load({ id: call.id })).toMatchObject({ call: { site: 'main' }, journal: [{ data: 'kept' }] });
    expect(await store().turn(call.id, 0)).toMatchObject({ answer: 'kept' });
  });

  it('gives a journal that later commits leave alone', async () => {
    const call = await insert(store());
    const before = await store().load({ id: call.id });
    await store().commit({ call: next(call, { journalLength: 1 }), journal: entries(0, '1') });
    expect(before?.journal).toEqual([]);
  });
}
