import { expect, it } from 'vitest';
import { aCall, DAY, HOUR, insert, MINUTE, next, NOON, type TheStore } from '../call.ts';
import { aClaim, aDial, anEnd, begin, dialOne, keysOf, recipientsOf, somebody, type TheOutbound } from './campaign.ts';

/** Whom nobody calls any more, what is forgotten of them, and what changes with a call. */
export function describePeople(outbound: TheOutbound, store: TheStore): void {
  const list = async () => (await outbound().suppressions({ after: null, limit: 100 })).map(({ person, scopes }) => [person, ...scopes]);

  it('keeps suppressions once each, gives pages of them, and takes them back', async () => {
    const stops = [...['zoe', 'ann', 'ann'].map((person) => ({ person, scope: '*' })), { person: 'ann', scope: 'offers' }];
    expect(await outbound().suppress(stops, NOON)).toEqual([]);
    await outbound().suppress([{ person: 'ann', scope: 'offers' }], NOON + DAY);
    expect(await outbound().suppressions({ after: null, limit: 1 })).toStrictEqual([{ person: 'ann', scopes: ['*', 'offers'], at: NOON }]);
    expect(await outbound().suppressions({ after: 'ann', limit: 10 })).toStrictEqual([{ person: 'zoe', scopes: ['*'], at: NOON }]);
    expect(await outbound().unsuppress({ person: 'ann', scope: '*' })).toBe(true);
    expect(await outbound().unsuppress({ person: 'ann', scope: '*' })).toBe(false);
    expect(await outbound().unsuppress({ person: 'bob', scope: '*' })).toBe(false);
    expect(await list()).toEqual([
      ['ann', 'offers'],
      ['zoe', '*'],
    ]);
  });

  it.each([
    ['about anything', '*', true],
    ['about the topic', 'offers', true],
    ['about another topic', 'news', false],
  ])('ends those who wait and were suppressed %s, and whoever is added later', async (_, scope, isStopped) => {
    await begin(outbound(), ['ann', 'bob']);
    await outbound().suppress([{ person: 'ann', scope }], NOON);
    expect((await recipientsOf(outbound()))['ann']).toMatchObject(
      isStopped ? { state: 'ended', outcome: 'suppressed' } : { state: 'waiting' },
    );
    await outbound().addRecipients('spring', [somebody('again', { person: 'ann' })]);
    expect(keysOf(await outbound().claim(aClaim(), NOON))).toEqual(isStopped ? ['bob'] : ['ann', 'bob']);
    if (isStopped)
      expect((await recipientsOf(outbound()))['again']).toMatchObject({ state: 'ended', outcome: 'suppressed', endedAt: NOON });
  });

  it('says which calls are under way, and lets nobody dial any more', async () => {
    await begin(outbound(), ['ann', 'bob']);
    const dialled = await dialOne(outbound());
    const [bob] = await outbound().claim(aClaim(), NOON);
    const stops = ['ann', 'bob', 'eve'].map((person) => ({ person, scope: 'offers' }));
    expect([...(await outbound().suppress(stops, NOON))].sort()).toEqual([dialled, bob?.attempt].sort());
    expect(await outbound().suppress([{ person: 'bob', scope: 'news' }], NOON)).toEqual([bob?.attempt]);
    expect(await outbound().dial(aDial(bob?.attempt ?? ''), NOON)).toEqual({ verdict: 'suppressed' });
  });

  it('gets past suppressed people at the head of the queue', async () => {
    const many = Array.from({ length: 150 }, (_, index) => somebody(`s${index}`, { dueAt: NOON - 2 * HOUR }));
    await outbound().suppress(
      many.map(({ person }) => ({ person, scope: '*' })),
      NOON,
    );
    await begin(outbound(), [...many, 'ann'], {}, 1);
    expect(await outbound().claim(aClaim(), NOON)).toEqual([]);
    expect(keysOf(await outbound().claim(aClaim(), NOON))).toEqual(['ann']);
  });

  it('ends an attempt, and suppresses its callee, in the commit of a call', async () => {
    await begin(outbound(), ['ann', 'bob']);
    const attempt = await dialOne(outbound());
    const stops = ['offers', '*'].map((scope) => ({ person: 'ann', scope }));
    const call = await insert(store(), { sessionId: null, clientRequestId: attempt });
    const ended = next(call, { status: 'ended', endedAt: NOON });
    const change = { call: ended, outbound: { end: anEnd(attempt, { outcome: 'opted-out' }), stops } };
    expect(await store().commit(change)).toBe('committed');
    expect((await recipientsOf(outbound()))['ann']).toMatchObject({ state: 'ended', outcome: 'opted-out', dials: 1 });
    expect(await list()).toEqual([['ann', '*', 'offers']]);
    expect((await outbound().lanes()).map(({ open }) => open)).toEqual([0]);
    expect(await store().commit(change)).toBe('conflict');
    await outbound().unsuppress({ person: 'ann', scope: '*' });
    await outbound().addRecipients('spring', [somebody('again', { person: 'ann' })]);
    expect(keysOf(await outbound().claim(aClaim(), NOON))).toEqual(['bob']);
  });

  it('changes nothing with a commit that conflicts', async () => {
    await begin(outbound(), ['ann']);
    const attempt = await dialOne(outbound());
    const call = await insert(store());
    const change = { call: next(next(call)), outbound: { end: anEnd(attempt), stops: [{ person: 'ann', scope: '*' }] } };
    expect(await store().commit(change)).toBe('conflict');
    expect([await list(), (await recipientsOf(outbound()))['ann']?.state]).toEqual([[], 'calling']);
  });

  it('takes commits of many calls at once, each with its own end', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
    await begin(outbound(), names);
    const claimed = await outbound().claim(aClaim(), NOON);
    for (const { attempt } of claimed) await outbound().dial(aDial(attempt), NOON);
    const calls = await Promise.all(claimed.map(() => insert(store())));
    const outcomes = await Promise.all(
      calls.map((call, index) => {
        const { attempt = '', recipient } = claimed[index] ?? {};
        const stops = index % 3 === 0 ? [{ person: recipient?.person ?? '', scope: '*' }] : [];
        return store().commit({ call: next(call), outbound: { end: anEnd(attempt, { outcome: `o${index}` }), stops } });
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set(['committed']));
    const rows = await recipientsOf(outbound());
    expect(claimed.map(({ recipient }) => rows[recipient.key]?.outcome)).toEqual(claimed.map((_, index) => `o${index}`));
    expect([(await list()).length, (await outbound().lanes())[0]?.open]).toEqual([10, 0]);
  });

  it('inserts a call with what changes of campaigns', async () => {
    await begin(outbound(), ['ann']);
    const attempt = await dialOne(outbound());
    await store().commit({ call: aCall(), outbound: { end: anEnd(attempt, { outcome: 'lost', givenUp: true, next: { in: MINUTE } }) } });
    await store().commit({ call: aCall(), outbound: { end: anEnd(attempt) } });
    expect((await recipientsOf(outbound()))['ann']).toMatchObject({ state: 'ended', outcome: 'answered' });
  });

  it.each([
    ['a long outcome', { end: anEnd('a', { outcome: 'x'.repeat(65) }) }, 'commit.outbound.end.outcome'],
    ['too many stops', { stops: Array.from({ length: 11 }, () => ({ person: 'a', scope: '*' })) }, 'commit.outbound.stops'],
  ])('refuses a commit with %s', async (_, change, argument) => {
    await expect(store().commit({ call: aCall(), outbound: change })).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
  });

  it('forgets a person, ends those who wait, and keeps the suppression', async () => {
    await begin(outbound(), ['ann', somebody('waiting', { person: 'ann' }), 'bob']);
    const attempt = await dialOne(outbound());
    await outbound().suppress([{ person: 'ann', scope: 'news' }], NOON);
    expect([await outbound().erase('ann', NOON), await outbound().erase('ann', NOON)]).toEqual([2, 0]);
    await outbound().end(anEnd(attempt, { outcome: 'busy', next: { in: 1 } }), NOON);
    expect(await recipientsOf(outbound())).toMatchObject({
      ann: { phone: '', params: '', state: 'ended', outcome: 'busy' },
      waiting: { phone: '', params: '', state: 'ended', outcome: 'erased', endedAt: NOON },
      bob: { phone: '+65 of bob', state: 'waiting' },
    });
    expect(await list()).toEqual([['ann', 'news']]);
  });

  it('lets nobody dial who was erased after the claim, and ends them with the attempt', async () => {
    await begin(outbound(), ['ann']);
    const [{ attempt = '' } = {}] = await outbound().claim(aClaim(), NOON);
    await outbound().erase('ann', NOON);
    expect(await outbound().dial(aDial(attempt), NOON)).toEqual({ verdict: 'gone' });
    await outbound().end(anEnd(attempt, { outcome: 'released', next: { in: 0 } }), NOON);
    expect((await recipientsOf(outbound()))['ann']).toMatchObject({ state: 'ended', outcome: 'released', dials: 0 });
  });

  it('prunes recipients that ended before a time, first those that ended first, and what was kept only for them', async () => {
    const caps = [{ max: 1, per: 30 * DAY }];
    await begin(
      outbound(),
      ['ann', 'bob', 'eve', 'kim'].map((name, index) => somebody(name, { dueAt: NOON - HOUR + index })),
    );
    for (const now of [NOON, NOON + 1, NOON + 2]) await outbound().end(anEnd(await dialOne(outbound(), now)), now);
    await outbound().suppress([{ person: 'bob', scope: 'news' }], NOON);
    expect([await outbound().prune(NOON + 2, 1), Object.keys(await recipientsOf(outbound()))]).toEqual([1, ['bob', 'eve', 'kim']]);
    expect([await outbound().prune(NOON + 2, 10), Object.keys(await recipientsOf(outbound()))]).toEqual([1, ['eve', 'kim']]);
    expect(await outbound().prune(NOON + 2, 10)).toBe(0);
    await outbound().setWindow('spring', 'UTC', { opensAt: NOON, closesAt: NOON + 2 * DAY });
    await outbound().addRecipients(
      'spring',
      ['ann', 'bob', 'eve2'].map((name) => somebody(name, { person: name.replace('2', '') })),
    );
    expect(keysOf(await outbound().claim(aClaim({ caps }), NOON + DAY)).filter((key) => key !== 'kim')).toEqual(['ann']);
    expect(await list()).toEqual([['bob', 'news']]);
  });
}
