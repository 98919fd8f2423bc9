import { expect, it } from 'vitest';
import type { CallStatus } from '../store.ts';
import { aTurn, DAY, entries, HOUR, insert, MINUTE, next, NOON, type TheStore } from './call.ts';

/** What the sweeper and the housekeeping ask for: due, touch, live counts, prune. */
export function describeSweeping(store: TheStore): void {
  const dueOf = async (id: string) => (await store().load({ id }))?.call.dueAt;

  it('names the calls that are due, most overdue first, up to a limit', async () => {
    for (const [id, dueAt] of Object.entries({ b: NOON - 1, later: NOON + 1, a: NOON - 25 * HOUR, never: null, c: NOON }))
      await insert(store(), { id, dueAt });
    expect(await store().due(NOON, 10)).toEqual(['a', 'b', 'c']);
    expect(await store().due(NOON, 2)).toEqual(['a', 'b']);
    expect(await store().due(NOON - 26 * HOUR, 10)).toEqual([]);
  });

  it('has a call due no longer once a commit has moved it', async () => {
    const call = await insert(store(), { dueAt: NOON });
    await store().commit({ call: next(call, { dueAt: NOON + HOUR }) });
    expect([await store().due(NOON, 10), await store().due(NOON + HOUR, 10)]).toEqual([[], [call.id]]);
  });

  it.each([
    ['moves later within minutes', NOON + HOUR, NOON + HOUR + MINUTE, NOON + HOUR + MINUTE],
    ['moves later by hours', NOON + HOUR, NOON + 5 * HOUR, NOON + 5 * HOUR],
    ['never moves earlier', NOON + HOUR, NOON + MINUTE, NOON + HOUR],
    ['stays overdue', NOON - 1, NOON + HOUR, NOON - 1],
    ['moves when it is due at this very moment', NOON, NOON + HOUR, NOON + HOUR],
    ['stays away where nothing is due', null, NOON + HOUR, null],
  ])('touch: the due time %s', async (_, stored, asked, expected) => {
    const call = await insert(store(), { dueAt: stored });
    await store().touch(call.id, NOON, asked);
    expect(await dueOf(call.id)).toBe(expected);
    expect(await store().due(NOON + 9 * HOUR, 10)).toEqual(expected === null ? [] : [call.id]);
    expect(await store().due((expected ?? NOON) - 1, 10)).toEqual([]);
  });

  it('touch moves the time of the last webhook forwards only, without a new revision', async () => {
    const call = await insert(store());
    await store().touch(call.id, NOON + 5, NOON);
    await store().touch(call.id, NOON + 3, NOON);
    expect((await store().load({ id: call.id }))?.call).toStrictEqual({ ...call, seenAt: NOON + 5 });
    expect(await store().commit({ call: next(call, { seenAt: NOON + 4 }) })).toBe('committed');
    expect((await store().load({ id: call.id }))?.call.seenAt).toBe(NOON + 4);
  });

  it('touch of a call that is not there does nothing', async () => {
    await store().touch('nobody', NOON, NOON);
    expect(await store().load({ id: 'nobody' })).toBeNull();
  });

  it('counts live and ending calls by flow, version and site', async () => {
    const statuses: CallStatus[] = ['live', 'ending', 'pending', 'unknown', 'ended', 'failed'];
    for (const status of statuses) await insert(store(), { status });
    await insert(store(), { flowVersion: '2' });
    await insert(store(), { site: 'other' });
    const call = await insert(store(), { site: 'moving' });
    await store().commit({ call: next(call, { site: 'other' }) });
    const counts = (await store().liveCounts()).map(({ flow, flowVersion, site, count }) => [flow, flowVersion, site, count].join(' '));
    expect(counts.sort()).toEqual(['support 1 main 2', 'support 1 other 2', 'support 2 main 1']);
  });

  it('prunes ended calls with all their rows, oldest first and only so many', async () => {
    const rows = { journal: entries(0, '1'), turn: aTurn(0), timeline: [{ at: NOON, kind: 'log', data: '{}' }] };
    for (const [id, endedAt] of Object.entries({ third: NOON - 1, first: NOON - 3, kept: NOON, open: null, second: NOON - 2 }))
      await insert(store(), { id, endedAt, journalLength: 1, status: endedAt === null ? 'live' : 'ended' }, rows);
    expect(await store().prune(NOON, 2)).toBe(2);
    expect((await store().list({})).calls.map(({ id }) => id).sort()).toEqual(['kept', 'open', 'third']);
    expect([await store().turns('first'), await store().timeline('first')]).toEqual([[], []]);
    expect(await store().prune(NOON, 200)).toBe(1);
    expect(await store().prune(NOON, 200)).toBe(0);
    expect(await store().turns('kept')).toHaveLength(1);
  });

  it('prunes more calls than fit into one step', async () => {
    await Promise.all(Array.from({ length: 130 }, (_, index) => insert(store(), { endedAt: NOON + index, status: 'ended' })));
    expect(await store().prune(NOON + DAY, 120)).toBe(120);
    expect((await store().list({})).calls.map(({ endedAt }) => endedAt)).toHaveLength(10);
  });

  it('frees the session and the client request id of a pruned call, and begins it anew from nothing', async () => {
    const taken = { id: 'same', sessionId: 's', clientRequestId: 'r' };
    await insert(store(), { ...taken, endedAt: NOON, journalLength: 1 }, { journal: entries(0, 'old'), turn: aTurn(0, 'old') });
    await store().prune(NOON + 1, 10);
    const call = await insert(store(), taken);
    expect(await store().load({ id: 'same' })).toStrictEqual({ call, journal: [] });
    expect(await store().turns('same')).toEqual([]);
  });

  it('prunes timelines without a call once nothing was added for as long', async () => {
    const row = (at: number) => [{ at, kind: 'status', data: '{}' }];
    await store().append('session:acme/old', row(NOON - 2));
    await store().append('session:acme/old', row(NOON - 1));
    await store().append('session:acme/young', row(NOON - 5));
    await store().append('session:acme/young', row(NOON));
    const call = await insert(store());
    await store().append(call.id, row(NOON - 5));
    expect(await store().prune(NOON, 10)).toBe(0);
    expect(await store().timeline('session:acme/old')).toEqual([]);
    expect(await store().timeline('session:acme/young')).toHaveLength(2);
    expect(await store().timeline(call.id)).toHaveLength(1);
  });

  it('prunes what was added to a call after it was pruned', async () => {
    const { id } = await insert(store(), { endedAt: NOON, status: 'ended' });
    await store().prune(NOON + 1, 10);
    await store().append(id, [{ at: NOON + 2, kind: 'recording', data: '{}' }]);
    await store().prune(NOON + 1, 10);
    expect(await store().timeline(id)).toHaveLength(1);
    await store().prune(NOON + 3, 10);
    expect(await store().timeline(id)).toEqual([]);
  });

  it('keeps the timeline of a call that began after its timeline', async () => {
    await store().append('early', [{ at: NOON - 9, kind: 'status', data: '{}' }]);
    await insert(store(), { id: 'early' });
    await store().prune(NOON, 10);
    expect(await store().timeline('early')).toHaveLength(1);
  });
}
