import { expect, it } from 'vitest';
import { anInboxRow, HOUR, insert, NOON, type TheStore } from './call.ts';

const kept = { pending: false };

/** Webhooks that are no turns. */
export function describeInbox(store: TheStore): void {
  const inboxOf = (sessionId = 's', subAccountId = 'acme') => store().inbox(subAccountId, sessionId);

  it('keeps webhooks of a session in the order in which they were added', async () => {
    const rows = [anInboxRow({ at: NOON + 2 }), anInboxRow({ digest: 'e', at: NOON }), anInboxRow({ kind: 'recording' })];
    for (const row of rows) expect(await store().put(row, kept)).toBe('stored');
    expect(await inboxOf()).toStrictEqual(rows.map((row) => ({ ...row, pending: false })));
    expect(await inboxOf('other')).toEqual([]);
  });

  it.each([true, false])('keeps each once per session, kind and digest (pending: %s)', async (pending) => {
    const row = anInboxRow();
    await store().put(row, { pending });
    for (const again of [true, false])
      expect(await store().put(anInboxRow({ at: NOON + 1, data: 'other' }), { pending: again })).toBe('present');
    expect(await inboxOf()).toStrictEqual([{ ...row, pending }]);
  });

  it.each([
    ['the kind', { kind: 'recording' }],
    ['the digest', { digest: 'e' }],
    ['the session', { sessionId: 't' }],
    ['the subaccount', { subAccountId: 'other' }],
  ])('keeps another one where %s differs', async (_, changes) => {
    await store().put(anInboxRow(), kept);
    expect(await store().put(anInboxRow(changes), kept)).toBe('stored');
  });

  it.each(['/', ':', '\u0000', '\u001e', ',', ''])('never takes two sessions for one where %j stands between', async (sign) => {
    const one = anInboxRow({ subAccountId: `a${sign}b`, sessionId: 'c' });
    const other = anInboxRow({ subAccountId: 'a', sessionId: `b${sign}c` });
    expect([await store().put(one, { pending: true }), await store().put(other, { pending: true })]).toEqual(['stored', 'stored']);
    await insert(store(), { subAccountId: one.subAccountId, sessionId: one.sessionId }, { takes: [one] });
    expect(await inboxOf(one.sessionId, one.subAccountId)).toStrictEqual([{ ...one, pending: false }]);
    expect(await inboxOf(other.sessionId, other.subAccountId)).toStrictEqual([{ ...other, pending: true }]);
    const call = await insert(store(), { subAccountId: other.subAccountId, sessionId: other.sessionId }, { takes: [other] });
    expect((await store().load({ subAccountId: 'a', sessionId: `b${sign}c` }))?.call.id).toBe(call.id);
  });

  it('keeps no pending one of a session that is a call, and any other', async () => {
    await insert(store(), { sessionId: 's' });
    expect(await store().put(anInboxRow(), { pending: true })).toBe('conflict');
    expect(await inboxOf()).toEqual([]);
    expect(await store().put(anInboxRow(), kept)).toBe('stored');
    expect(await store().put(anInboxRow(), { pending: true })).toBe('present');
    expect(await store().put(anInboxRow({ sessionId: 'of nobody' }), kept)).toBe('stored');
  });

  it('notes on the call that a new one came, and only a new one', async () => {
    const call = await insert(store(), { sessionId: 's' });
    const seen = (at: number) => ({ pending: false, seen: { callId: call.id, seenAt: NOON + at, dueAt: NOON + 3 * HOUR + at } });
    expect([await store().put(anInboxRow(), seen(1)), await store().put(anInboxRow(), seen(2))]).toEqual(['stored', 'present']);
    const noted = { ...call, seenAt: NOON + 1, dueAt: NOON + 3 * HOUR + 1 };
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(noted);
    await store().put(anInboxRow({ digest: 'e' }), seen(0));
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(noted);
    expect(await store().due(NOON + 3 * HOUR, 5)).toEqual([]);
  });

  it('notes it for a pending one, too, and leaves an unknown call alone', async () => {
    const call = await insert(store(), { sessionId: null, dueAt: null });
    const seen = { callId: call.id, seenAt: NOON + 1, dueAt: NOON + HOUR };
    expect(await store().put(anInboxRow(), { pending: true, seen })).toBe('stored');
    expect(await store().put(anInboxRow({ digest: 'e' }), { pending: true, seen: { ...seen, callId: 'nobody' } })).toBe('stored');
    expect(await store().put(anInboxRow({ digest: 'f' }), { pending: false, seen: { ...seen, callId: 'nobody' } })).toBe('stored');
    expect((await store().load({ id: call.id }))?.call).toStrictEqual({ ...call, seenAt: NOON + 1 });
  });

  it('keeps many that come together, each with what it notes', async () => {
    const calls = await Promise.all(Array.from({ length: 20 }, () => insert(store())));
    const outcomes = await Promise.all(
      calls.map(({ id, sessionId }, index) =>
        store().put(anInboxRow({ sessionId: sessionId ?? '' }), {
          pending: index % 5 === 0,
          ...(index % 2 === 0 ? {} : { seen: { callId: id, seenAt: NOON + 1, dueAt: NOON } }),
        }),
      ),
    );
    expect(outcomes).toEqual(calls.map((_, index) => (index % 5 === 0 ? 'conflict' : 'stored')));
    const stored = await Promise.all(calls.map(({ id }) => store().load({ id })));
    expect(stored.map((one) => one?.call.seenAt)).toEqual(calls.map((_, index) => (index % 5 > 0 && index % 2 > 0 ? NOON + 1 : NOON)));
  });

  it.each(Object.entries({ subAccountId: 256, sessionId: 256, kind: 64, digest: 256 }))(
    'keeps a %s of %i characters, and refuses more',
    async (key, most) => {
      const longest = anInboxRow({
        ...{ subAccountId: '欢'.repeat(256), sessionId: '迎'.repeat(256), kind: '光'.repeat(64), digest: '临'.repeat(256) },
      });
      expect(await store().put(longest, { pending: true })).toBe('stored');
      const refused = store().put({ ...longest, [key]: 'x'.repeat(most + 1) }, kept);
      await expect(refused).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument: `put.${key}` });
    },
  );

  it('keeps what it was given, whatever becomes of the objects', async () => {
    const row = { ...anInboxRow() };
    await store().put(row, kept);
    Object.assign(row, { data: 'changed' });
    expect(await inboxOf()).toMatchObject([{ data: anInboxRow().data }]);
  });

  it('goes with its call when that is pruned, and not before', async () => {
    const row = anInboxRow({ at: NOON - HOUR });
    await insert(store(), { sessionId: 's', endedAt: NOON, status: 'ended' });
    await insert(store(), { sessionId: 'other' });
    for (const sessionId of ['s', 'other']) await store().put({ ...row, sessionId }, kept);
    expect(await store().prune(NOON, 10)).toBe(0);
    expect(await inboxOf()).toHaveLength(1);
    expect(await store().prune(NOON + 1, 10)).toBe(1);
    expect([await inboxOf(), await inboxOf('other')]).toStrictEqual([[], [{ ...row, sessionId: 'other', pending: false }]]);
  });

  it('goes by its own age where its session is no call', async () => {
    const sessions = Object.entries({ old: NOON - 2, older: NOON - 3, young: NOON, called: NOON - 4 });
    for (const [sessionId, at] of sessions) await store().put(anInboxRow({ sessionId, at }), { pending: sessionId === 'older' });
    await insert(store(), { sessionId: 'called' });
    const left = async () => (await Promise.all(sessions.map(([sessionId]) => inboxOf(sessionId)))).map((rows) => rows.length);
    expect([await store().prune(NOON, 1), await left()]).toEqual([0, [1, 0, 1, 1]]);
    expect([await store().prune(NOON, 5), await left()]).toEqual([0, [0, 0, 1, 1]]);
  });

  it('is empty for a session that begins anew', async () => {
    await store().put(anInboxRow(), { pending: true });
    await insert(store(), { sessionId: 's', endedAt: NOON, status: 'ended' }, { takes: [anInboxRow()] });
    await store().prune(NOON + 1, 10);
    expect(await store().put(anInboxRow(), { pending: true })).toBe('stored');
  });
}
