import { expect, it } from 'vitest';
import { DAY, HOUR, NOON, type StoreHarness } from '../call.ts';
import type { TheStore } from '../call.ts';
import { aCampaign, aClaim, begin, keysOf, recipientsOf, somebody, type TheOutbound } from './campaign.ts';

/** What operators and imports do. */
export function describeCampaigns(outbound: TheOutbound, store: TheStore, { reopen }: StoreHarness): void {
  it('keeps lanes, and says how many attempts of each are open', async () => {
    await begin(outbound(), ['ann', 'bob']);
    await outbound().putLane({ id: 'other', slots: 0, perSecond: 0.5 });
    await outbound().claim(aClaim(), NOON);
    await outbound().putLane({ id: 'lane', slots: 7, perSecond: 2.5 });
    expect(await outbound().lanes()).toStrictEqual([
      { id: 'lane', slots: 7, perSecond: 2.5, open: 2 },
      { id: 'other', slots: 0, perSecond: 0.5, open: 0 },
    ]);
  });

  it.each([
    ['whole', { reason: 'operator', data: '{"a":1}' }],
    ['of awkward texts', { topic: 'a\u0000b', reason: '-- %s', data: "it's \u001e 欢迎 \u0001" }],
  ])('keeps a campaign that is %s as it is', async (_, changes) => {
    await outbound().putLane({ id: 'lane', slots: 1, perSecond: 1 });
    const campaign = aCampaign(changes);
    expect(await outbound().addCampaign(campaign)).toBe('added');
    expect(await outbound().campaign('spring')).toStrictEqual(campaign);
    expect(await outbound().campaigns()).toStrictEqual([campaign]);
  });

  it('adds a campaign once, and only to a lane that there is', async () => {
    expect(await outbound().addCampaign(aCampaign())).toBe('unknown-lane');
    await begin(outbound(), []);
    expect(await outbound().addCampaign(aCampaign({ topic: 'another' }))).toBe('present');
    expect(await outbound().addCampaign(aCampaign({ id: 'autumn' }))).toBe('added');
    expect((await outbound().campaigns()).map(({ id, topic }) => [id, topic])).toEqual([
      ['autumn', 'offers'],
      ['spring', 'offers'],
    ]);
    expect(await outbound().campaign('winter')).toBeNull();
  });

  it('changes the given fields of a campaign, and only from the given statuses', async () => {
    const campaign = await begin(outbound(), []);
    expect(await outbound().changeCampaign('spring', { status: 'paused', reason: 'lunch' }, ['draft'])).toBe(false);
    expect(await outbound().changeCampaign('winter', { status: 'paused' })).toBe(false);
    expect(await outbound().campaign('spring')).toStrictEqual(campaign);
    const change = { status: 'paused', reason: 'lunch', slots: 3, perSecond: 0.25, endsAt: NOON, data: '{}' } as const;
    expect(await outbound().changeCampaign('spring', change, ['running', 'draft'])).toBe(true);
    expect(await outbound().changeCampaign('spring', { reason: null })).toBe(true);
    expect(await outbound().campaign('spring')).toStrictEqual({ ...campaign, ...change, reason: null });
  });

  it('adds recipients once each, by their keys, and leaves those alone that are there', async () => {
    await begin(outbound(), ['ann']);
    const again = [somebody('ann', { phone: 'other' }), somebody('bob'), somebody('bob', { phone: 'other' })];
    expect(await outbound().addRecipients('spring', again)).toBe(1);
    const { ann, bob } = await recipientsOf(outbound());
    const fresh = { state: 'waiting', rank: 1, attempts: 0, dials: 0, outcome: null, endedAt: null };
    expect(ann).toStrictEqual({ ...somebody('ann'), ...fresh, number: ann?.number });
    expect(bob).toMatchObject({ phone: '+65 of bob' });
    expect(await outbound().addRecipients('spring', [])).toBe(0);
    expect(await outbound().addRecipients('winter', [somebody('ann')])).toBe(0);
  });

  it('keeps texts of recipients as they are', async () => {
    const awkward = somebody('a\u0000\u001e', { person: '欢\u0001', phone: '-- %s', params: '\u0000', zone: "it's" });
    await begin(outbound(), [awkward]);
    const [claimed] = await outbound().claim(aClaim(), NOON);
    expect(claimed?.recipient).toMatchObject(awkward);
  });

  it('pages through recipients in the order in which they were added', async () => {
    await begin(outbound(), ['c', 'a', 'd', 'b', 'e']);
    const pages: string[][] = [];
    for (let after: number | null = null; ;) {
      const page = await outbound().recipients('spring', { after, limit: 2 });
      pages.push(page.recipients.map(({ key }) => key));
      after = page.after;
      if (after === null) break;
    }
    expect(pages).toEqual([['c', 'a'], ['d', 'b'], ['e']]);
  });

  it('names the windows of running campaigns that have closed or were never set', async () => {
    await begin(outbound(), ['ann', somebody('kim', { zone: 'Asia/Seoul' })]);
    await begin(outbound(), ['ann'], { id: 'draft', status: 'draft' });
    const stale = async (now: number) => (await outbound().staleWindows(now, 10)).map(({ zone }) => zone).sort();
    expect(await stale(NOON)).toEqual([]);
    await outbound().addRecipients('spring', [somebody('eve', { zone: 'Europe/Berlin' })]);
    expect(await stale(NOON)).toEqual(['Europe/Berlin']);
    await outbound().setWindow('spring', 'UTC', { opensAt: NOON + DAY, closesAt: NOON + DAY + HOUR });
    await outbound().setWindow('spring', 'Asia/Seoul', null);
    expect(await stale(NOON + 20 * HOUR)).toEqual(['Europe/Berlin']);
    expect(await stale(NOON + DAY + HOUR)).toEqual(['Europe/Berlin', 'UTC']);
    expect(await outbound().staleWindows(NOON + DAY + HOUR, 1)).toHaveLength(1);
  });

  it('ends those who wait once nobody can call them any more, and says why', async () => {
    await begin(outbound(), [somebody('ann', { dueAt: NOON - DAY }), 'bob', 'eve', somebody('kim', { zone: 'Asia/Seoul' })]);
    await begin(outbound(), ['ann'], { id: 'cancelled', status: 'cancelled' });
    await begin(outbound(), ['ann'], { id: 'over', endsAt: NOON });
    await outbound().claim(aClaim({ most: 1 }), NOON);
    expect(await outbound().expire(NOON - 1, 10)).toBe(1);
    await outbound().setWindow('spring', 'Asia/Seoul', null);
    expect(await outbound().expire(NOON, 10)).toBe(2);
    expect((await recipientsOf(outbound(), 'cancelled'))['ann']).toMatchObject({ state: 'ended', outcome: 'cancelled', endedAt: NOON - 1 });
    expect((await recipientsOf(outbound(), 'over'))['ann']).toMatchObject({ state: 'ended', outcome: 'expired' });
    expect((await recipientsOf(outbound()))['kim']).toMatchObject({ state: 'ended', outcome: 'no-window' });
    await outbound().changeCampaign('spring', { status: 'cancelled' });
    expect([await outbound().expire(NOON, 1), await outbound().expire(NOON, 10)]).toEqual([1, 1]);
    expect(Object.values(await recipientsOf(outbound())).map(({ state }) => state)).toEqual(['calling', 'ended', 'ended', 'ended']);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['a lane without a rate', () => outbound().putLane({ id: 'a', slots: 1, perSecond: 0 }), 'putLane.perSecond'],
    ['half a slot', () => outbound().putLane({ id: 'a', slots: 0.5, perSecond: 1 }), 'putLane.slots'],
    ['a campaign whose id is not fit for one', () => outbound().addCampaign(aCampaign({ id: 'a.b' })), 'addCampaign.id'],
    ['a long topic', () => outbound().addCampaign(aCampaign({ topic: 'x'.repeat(65) })), 'addCampaign.topic'],
    ['fewer slots than none', () => outbound().changeCampaign('spring', { slots: -1 }), 'changeCampaign.slots'],
    ['a long key', () => outbound().addRecipients('spring', [somebody('x'.repeat(257))]), 'addRecipients.key'],
    ['too many recipients', () => outbound().addRecipients('spring', Array(5_001).fill(somebody('a'))), 'addRecipients'],
    ['a page of nothing', () => outbound().recipients('spring', { after: null, limit: 0 }), 'recipients.limit'],
    ['a cap that looks too far back', () => outbound().claim(aClaim({ caps: [{ max: 21, per: 1 }] }), NOON), 'claim.caps'],
    ['a stop without a scope', () => outbound().suppress([{ person: 'a', scope: '' }], NOON), 'suppress.scope'],
  ])('refuses %s', async (_, run, argument) => {
    await expect(run()).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
  });

  it.skipIf(reopen === null)('keeps it all once it is opened anew', async () => {
    const campaign = await begin(outbound(), ['ann', 'bob']);
    const before = await recipientsOf(outbound());
    const again = await reopen?.(store());
    expect(await again?.outbound?.campaign('spring')).toStrictEqual(campaign);
    expect((await again?.outbound?.recipients('spring', { after: null, limit: 10 }))?.recipients).toStrictEqual(Object.values(before));
    expect(keysOf((await again?.outbound?.claim(aClaim(), NOON)) ?? [])).toEqual(['ann', 'bob']);
    await again?.close();
  });
}
