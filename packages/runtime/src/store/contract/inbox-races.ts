import { expect, it } from 'vitest';
import type { CallRecord, InboxRow } from '../store.ts';
import { aCall, anInboxRow, aTurn, entries, insert, next, NOON, type TheStore } from './call.ts';

/** Webhooks that wait for a call, and the commit that gives their session one. */
export function describeInboxRaces(store: TheStore): void {
  const pendingOf = async (sessionId: string) => (await store().inbox('acme', sessionId)).filter(({ pending }) => pending);

  it('takes what is pending with the commit that begins the call', async () => {
    const rows = [anInboxRow(), anInboxRow({ digest: 'e' })];
    for (const row of rows) await store().put(row, { pending: true });
    const call = aCall({ sessionId: 's' });
    expect(await store().commit({ call, takes: rows.toReversed() })).toBe('committed');
    expect(await store().inbox('acme', 's')).toStrictEqual(rows.map((row) => ({ ...row, pending: false })));
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(call);
  });

  it.each([
    ['nothing where something is pending', [], ['d']],
    ['less than is pending', ['d'], ['d', 'e']],
    ['more than is pending', ['d', 'e'], ['d']],
    ['something where nothing is pending', ['d'], []],
    ['something else', ['d'], ['e']],
  ])('conflicts at a commit that takes %s, and changes nothing', async (_, taken, pending) => {
    for (const digest of pending) await store().put(anInboxRow({ digest }), { pending: true });
    const call = aCall({ sessionId: 's', journalLength: 1 });
    const takes = taken.map((digest) => ({ kind: 'status', digest }));
    expect(await store().commit({ call, journal: entries(0, '1'), turn: aTurn(0), takes })).toBe('conflict');
    expect(await store().load({ id: call.id })).toBeNull();
    expect((await pendingOf('s')).map(({ digest }) => digest)).toEqual(pending);
    expect(await store().put(anInboxRow({ digest: 'f' }), { pending: true })).toBe('stored');
  });

  it('compares kinds as well as digests', async () => {
    await store().put(anInboxRow({ kind: 'd', digest: 'status' }), { pending: true });
    expect(await store().commit({ call: aCall({ sessionId: 's' }), takes: [anInboxRow()] })).toBe('conflict');
  });

  it('counts only rows that wait, of this session', async () => {
    await store().put(anInboxRow(), { pending: false });
    await store().put(anInboxRow({ sessionId: 'other' }), { pending: true });
    await store().put(anInboxRow({ subAccountId: 'other' }), { pending: true });
    expect(await store().commit({ call: aCall({ sessionId: 's' }), takes: [] })).toBe('committed');
    expect(await pendingOf('other')).toHaveLength(1);
  });

  it('takes nothing with a commit that conflicts for another reason', async () => {
    await store().put(anInboxRow(), { pending: true });
    const call = await insert(store(), { sessionId: null });
    const late = { ...next(next(call)), sessionId: 's' };
    expect(await store().commit({ call: late, takes: [anInboxRow()] })).toBe('conflict');
    expect(await pendingOf('s')).toHaveLength(1);
    await insert(store(), { sessionId: 'taken' });
    await store().put(anInboxRow({ sessionId: 's' }), { pending: true });
    expect(await store().commit({ call: { ...next(call), sessionId: 'taken' }, takes: [] })).toBe('conflict');
  });

  it('takes what is pending for the session that a placed call is given', async () => {
    const call = await insert(store(), { sessionId: null, direction: 'outbound', status: 'pending' });
    await store().put(anInboxRow(), { pending: true });
    const numbered = next(call, { sessionId: 's', status: 'live' });
    expect(await store().commit({ call: numbered, takes: [] })).toBe('conflict');
    expect(await store().commit({ call: numbered, takes: [anInboxRow()] })).toBe('committed');
    expect(await store().commit({ call: next(numbered), takes: [] })).toBe('committed');
    expect(await pendingOf('s')).toEqual([]);
  });

  it('does not look where a commit says nothing of it: a later one can take the row', async () => {
    await store().put(anInboxRow(), { pending: true });
    const call = await insert(store(), { sessionId: 's' });
    expect(await pendingOf('s')).toHaveLength(1);
    expect(await store().commit({ call: next(call), takes: [anInboxRow()] })).toBe('committed');
    expect(await pendingOf('s')).toEqual([]);
  });

  it('keeps a row once, however many put it at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => store().put(anInboxRow(), { pending: index % 2 === 0 })));
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'present')).toHaveLength(19);
    expect(await store().inbox('acme', 's')).toHaveLength(1);
  });

  it('lets no pending row and no call miss each other', async () => {
    const sessions = Array.from({ length: 60 }, (_, index) => `session ${index}`);
    const begin = async (call: CallRecord): Promise<string> => store().commit({ call, turn: aTurn(0), takes: [] });
    const wait = async (row: InboxRow): Promise<string> => store().put(row, { pending: true });
    const outcomes = await Promise.all(
      sessions.map(async (sessionId, index) => {
        const both = [() => begin(aCall({ sessionId })), () => wait(anInboxRow({ sessionId }))];
        const [first, second] = await Promise.all((index % 2 === 0 ? both : both.reverse()).map((act) => act()));
        return index % 2 === 0 ? [first, second] : [second, first];
      }),
    );
    for (const outcome of outcomes)
      expect(outcome).toBeOneOf([
        ['committed', 'conflict'],
        ['conflict', 'stored'],
      ]);
    for (const [index, sessionId] of sessions.entries())
      expect(await pendingOf(sessionId)).toHaveLength(outcomes[index]?.[1] === 'stored' ? 1 : 0);
  });

  it('has whoever loses find the other: every webhook ends with its call', async () => {
    const sessions = Array.from({ length: 30 }, (_, index) => `session ${index}`);
    const begin = async (sessionId: string): Promise<void> => {
      const takes = await pendingOf(sessionId);
      const call = aCall({ sessionId });
      if ((await store().commit({ call, takes })) === 'conflict') await begin(sessionId);
    };
    const receive = async (row: InboxRow): Promise<void> => {
      const call = await store().load(row);
      const outcome = await store().put(row, {
        pending: call === null,
        ...(call === null ? {} : { seen: { callId: call.call.id, seenAt: NOON + 1, dueAt: NOON } }),
      });
      if (outcome === 'conflict') await receive(row);
    };
    await Promise.all(
      sessions.flatMap((sessionId) => [begin(sessionId), ...['a', 'b', 'c'].map((digest) => receive(anInboxRow({ sessionId, digest })))]),
    );
    for (const sessionId of sessions) {
      const rows = await store().inbox('acme', sessionId);
      expect(rows.map(({ digest, pending }) => `${digest} ${pending}`).sort()).toEqual(['a false', 'b false', 'c false']);
    }
  });
}
