import { expect, it } from 'vitest';
import type { CallFilter, Store } from '../store.ts';
import { insert, next, NOON, type TheStore } from './call.ts';

/** How calls are found and listed. */
export function describeFinding(store: TheStore): void {
  const ids = async (filter: CallFilter) => (await store().list(filter)).calls.map(({ id }) => id);

  it('finds a call by its client request id, within its subaccount', async () => {
    const call = await insert(store(), { clientRequestId: 'request' });
    expect(await store().findByClientRequestId('acme', 'request')).toStrictEqual(call);
    expect(await store().findByClientRequestId('other', 'request')).toBeNull();
    expect(await store().findByClientRequestId('acme', 'other')).toBeNull();
  });

  it('finds pending and unknown calls without a session by their numbers, oldest first', async () => {
    const outbound = { direction: 'outbound', sessionId: null, from: '+6531589338', to: '+6591234567', status: 'pending' } as const;
    await insert(store(), { ...outbound, id: 'young', startedAt: NOON + 1, status: 'unknown' });
    await insert(store(), { ...outbound, id: 'old', from: '6531589338' });
    await insert(store(), { ...outbound, id: 'numbered', sessionId: 'known' });
    await insert(store(), { ...outbound, id: 'failed', status: 'failed' });
    await insert(store(), { ...outbound, id: 'elsewhere', subAccountId: 'other' });
    await insert(store(), { ...outbound, id: 'to another', to: '+6591234568' });
    for (const [from, to] of [
      ['+6531589338', '+6591234567'],
      ['6531589338', '6591234567'],
    ] as const)
      expect((await store().unnumbered('acme', from, to)).map(({ id }) => id)).toEqual(['old', 'young']);
  });

  it('lists newest first; of one moment, the last inserted first', async () => {
    for (const [id, startedAt] of Object.entries({ middle: NOON, first: NOON - 1, alsoMiddle: NOON, last: NOON + 1 }))
      await insert(store(), { id, startedAt });
    expect(await ids({})).toEqual(['last', 'alsoMiddle', 'middle', 'first']);
    expect((await store().list({})).cursor).toBeNull();
  });

  it.each<[string, CallFilter, string[]]>([
    ['flow', { flow: 'sales' }, ['sales']],
    ['site, where calls stand or waited last', { site: 'hours' }, ['ended', 'hours']],
    ['what is called the site of a call that is over', { site: 'closed' }, ['ended']],
    ['status', { status: ['ended', 'failed'] }, ['failed', 'ended']],
    ['status of calls in progress', { status: ['live'] }, ['to', 'from', 'hours', 'sales']],
    ['no status at all', { status: [] }, []],
    ['digits of a number', { number: '5550' }, ['to', 'from']],
    ['digits of a number written with signs', { number: '+1 (555) 0' }, ['to', 'from']],
    ['a whole number, with its sign or without', { number: '15550100', wholeNumber: true }, ['to', 'from']],
    ['a part of a number, where a whole one is asked for', { number: '1555010', wholeNumber: true }, []],
    ['no number, where a whole one is asked for', { number: '', wholeNumber: true }, ['to', 'from', 'failed', 'ended', 'hours', 'sales']],
    ['a number without digits', { number: '+' }, ['to', 'from', 'failed', 'ended', 'hours', 'sales']],
    ['moments: from, included', { startedAfter: NOON + 4 }, ['to', 'from']],
    ['moments: up to, left out', { startedBefore: NOON + 2 }, ['hours', 'sales']],
    ['several at once', { status: ['live'], number: '1555', startedBefore: NOON + 5 }, ['from']],
    ['nothing that there is', { flow: 'Sales' }, []],
  ])('filters by %s', async (_, filter, expected) => {
    await insertKinds(store());
    expect(await ids(filter)).toEqual(expected);
  });

  it('follows a call that changes its site and status', async () => {
    const call = await insert(store(), { site: 'before' });
    const moved = next(call, { site: 'after' });
    await store().commit({ call: moved });
    expect([await ids({ site: 'before' }), await ids({ site: 'after', status: ['live'] })]).toEqual([[], [call.id]]);
    await store().commit({ call: next(moved, { site: 'closed', lastSite: 'after', status: 'ended' }) });
    expect([await ids({ status: ['live'] }), await ids({ site: 'after', status: ['ended'] })]).toEqual([[], [call.id]]);
  });

  it('pages through all calls once, though calls begin meanwhile', async () => {
    for (let index = 0; index < 7; index++) await insert(store(), { id: `${index}`, startedAt: NOON + Math.floor(index / 3) });
    const pages: string[][] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await store().list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      pages.push(page.calls.map(({ id }) => id));
      cursor = page.cursor;
      await insert(store(), { startedAt: NOON + 100 });
    }
    expect(pages).toEqual([['6', '5', '4'], ['3', '2', '1'], ['0']]);
  });

  it('pages with a filter, and ends with a full page where no more follow', async () => {
    for (let index = 0; index < 6; index++) await insert(store(), { id: `${index}`, flow: index % 2 === 0 ? 'even' : 'odd' });
    const first = await store().list({ flow: 'even', limit: 2 });
    const second = await store().list({ flow: 'even', limit: 1, cursor: first.cursor ?? '' });
    expect([first.calls.map(({ id }) => id), second.calls.map(({ id }) => id), second.cursor]).toEqual([['4', '2'], ['0'], null]);
  });

  it('counts what it lists on all pages, and those that failed; no further than it is told', async () => {
    for (let n = 0; n < 7; n++) await insert(store(), { flow: n % 2 === 0 ? 'even' : 'odd', status: n < 2 ? 'failed' : 'live' }, {});
    expect(await store().countCalls({}, 100)).toStrictEqual({ calls: 7, failed: 2 });
    expect(await store().countCalls({ flow: 'even' }, 100)).toStrictEqual({ calls: 4, failed: 1 });
    expect(await store().countCalls({ flow: 'even', status: ['live'] }, 100)).toStrictEqual({ calls: 3, failed: 0 });
    expect(await store().countCalls({ flow: 'neither' }, 100)).toStrictEqual({ calls: 0, failed: 0 });
    expect(await store().countCalls({}, 3)).toMatchObject({ calls: 3 });
    expect(await store().countCalls({}, 1)).toMatchObject({ calls: 1 });
  });

  it.each([0, 1.5, 100_001])('counts no further than a sensible bound: not to %d', async (most) => {
    await expect(store().countCalls({}, most)).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument: 'countCalls.most' });
  });

  it('lists fifty calls unless told otherwise', async () => {
    await Promise.all(Array.from({ length: 51 }, () => insert(store())));
    expect((await store().list({})).calls).toHaveLength(50);
    expect((await store().list({ limit: 500 })).calls).toHaveLength(51);
  });

  it.each<[CallFilter, string]>([
    [{ limit: 0 }, 'list.limit'],
    [{ limit: 501 }, 'list.limit'],
    [{ limit: 1.5 }, 'list.limit'],
    [{ cursor: 'page 2' }, 'list.cursor'],
    [{ cursor: '' }, 'list.cursor'],
  ])('refuses %j', async (filter, argument) => {
    await expect(store().list(filter)).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
  });
}

async function insertKinds(store: Store): Promise<void> {
  const plain = { from: '+6591234567', to: '+6531589338' };
  const over = { ended: { site: 'closed', lastSite: 'hours' }, failed: { site: 'failed', lastSite: null } };
  await insert(store, { ...plain, id: 'sales', flow: 'sales', startedAt: NOON });
  await insert(store, { ...plain, id: 'hours', site: 'hours', startedAt: NOON + 1 });
  for (const [index, status] of (['ended', 'failed'] as const).entries())
    await insert(store, { ...plain, id: status, status, ...over[status], startedAt: NOON + 2 + index });
  await insert(store, { ...plain, id: 'from', from: '+15550100', startedAt: NOON + 4 });
  await insert(store, { ...plain, id: 'to', from: null, to: '15550100', startedAt: NOON + 5 });
}
