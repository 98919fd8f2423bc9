import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, NOON } from '../call.ts';
import { aCampaign, aClaim, aDial, anEnd, begin, dialOne, recipientsOf, somebody, type TheOutbound } from './campaign.ts';

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** What operators look at. */
export function describeOutboundReports(outbound: TheOutbound): void {
  const counts = async (campaign = 'spring') =>
    (await outbound().recipientCounts(campaign)).map(({ zone, state, outcome, count }) => [zone, state, outcome, count]).sort(byText);
  const attemptCounts = async (from = NOON - DAY, to = NOON + DAY) =>
    (await outbound().attemptCounts('spring', { from, to })).map(({ hour, outcome, count }) => [hour - NOON, outcome, count]).sort(byText);
  /** The counts as a look at every recipient gives them. */
  const counted = async () => {
    const groups = new Map<string, number>();
    for (const { zone, state, outcome } of Object.values(await recipientsOf(outbound()))) {
      const group = JSON.stringify([zone, state, outcome]);
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    return [...groups].map(([group, count]) => [...(JSON.parse(group) as unknown[]), count]).sort(byText);
  };

  it('counts recipients by zone, state and outcome, whatever changes them', async () => {
    await begin(outbound(), ['ann', 'bob', 'eve', 'max', somebody('kim', { zone: 'Asia/Seoul' }), somebody('zoe', { zone: 'none' })]);
    expect(await counts()).toEqual([
      ['Asia/Seoul', 'waiting', null, 1],
      ['UTC', 'waiting', null, 4],
      ['none', 'waiting', null, 1],
    ]);
    const same = async (): Promise<void> => expect(await counts()).toEqual(await counted());
    await outbound().addRecipients('spring', [somebody('ann'), somebody('new')]);
    await same();
    const [first, second] = await outbound().claim(aClaim({ most: 3 }), NOON);
    await same();
    await outbound().dial(aDial(first?.attempt ?? ''), NOON);
    await outbound().end(anEnd(first?.attempt ?? '', { outcome: 'busy', next: { in: MINUTE } }), NOON);
    await same();
    await outbound().end(anEnd(second?.attempt ?? '', { outcome: 'lost', givenUp: true, next: { in: MINUTE } }), NOON);
    await outbound().end(anEnd(second?.attempt ?? '', { outcome: 'answered' }), NOON);
    await same();
    await outbound().suppress([{ person: 'max', scope: '*' }], NOON);
    await outbound().erase('kim', NOON);
    await outbound().setWindow('spring', 'none', null);
    await outbound().expire(NOON, 10);
    await same();
    expect((await counts()).length).toBeGreaterThan(5);
  });

  it('counts those still who were pruned', async () => {
    await begin(outbound(), ['ann', 'bob']);
    await outbound().end(anEnd(await dialOne(outbound())), NOON);
    expect(await outbound().prune(NOON + 1, 10)).toBe(1);
    expect(await counts()).toEqual([
      ['UTC', 'ended', 'answered', 1],
      ['UTC', 'waiting', null, 1],
    ]);
    expect(await attemptCounts()).toEqual([[0, 'answered', 1]]);
  });

  it('counts attempts by the hour in which they ended, and outcomes that were corrected', async () => {
    await begin(outbound(), ['ann', 'bob', 'eve']);
    await outbound().end(anEnd(await dialOne(outbound())), NOON + HOUR - 1);
    await outbound().end(anEnd(await dialOne(outbound()), { outcome: 'busy' }), NOON + HOUR);
    const lost = await dialOne(outbound());
    await outbound().end(anEnd(lost, { outcome: 'lost', givenUp: true }), NOON + HOUR);
    expect(await attemptCounts()).toEqual([
      [0, 'answered', 1],
      [HOUR, 'busy', 1],
      [HOUR, 'lost', 1],
    ]);
    await outbound().end(anEnd(lost), NOON + 3 * HOUR);
    await outbound().end(anEnd(lost), NOON + 3 * HOUR);
    expect(await attemptCounts(NOON + HOUR, NOON + 2 * HOUR)).toEqual([
      [HOUR, 'answered', 1],
      [HOUR, 'busy', 1],
    ]);
    expect([await attemptCounts(NOON - HOUR, NOON), await attemptCounts(NOON, NOON + HOUR)]).toEqual([[], [[0, 'answered', 1]]]);
  });

  it('lists the attempts of a recipient, and those that are open', async () => {
    await begin(outbound(), ['ann', 'bob']);
    const first = await dialOne(outbound());
    await outbound().placed(first, HOUR, NOON);
    await outbound().end(anEnd(first, { outcome: 'busy', next: { in: MINUTE } }), NOON + 1);
    const [bob] = await outbound().claim(aClaim({ most: 1, lease: 2 * HOUR }), NOON + 2);
    const again = await dialOne(outbound(), NOON + 2 * MINUTE);
    await outbound().unknown(again);
    const { ann } = await recipientsOf(outbound());
    const common = { recipient: ann?.number, givenUp: false, corrected: false };
    const attempts = await outbound().attempts(ann?.number ?? 0);
    const dueAt = NOON + 3 * MINUTE + HOUR;
    expect(attempts).toStrictEqual([
      {
        ...{ ...common, id: first, n: 1, state: 'placed', claimedAt: NOON, dialledAt: NOON, dueAt: NOON + HOUR },
        ...{ endedAt: NOON + 1, outcome: 'busy' },
      },
      {
        ...{ ...common, id: again, n: 2, state: 'unknown', claimedAt: NOON + 2 * MINUTE, dialledAt: NOON + 2 * MINUTE, dueAt },
        ...{ endedAt: null, outcome: null },
      },
    ]);
    const open = await outbound().openAttempts('spring', 10);
    expect(open.map(({ id, state, dialledAt }) => [id, state, dialledAt])).toEqual([
      [again, 'unknown', NOON + 2 * MINUTE],
      [bob?.attempt, 'claimed', null],
    ]);
    expect([await outbound().openAttempts('spring', 1), await outbound().openAttempts('winter', 10)]).toEqual([open.slice(0, 1), []]);
  });

  it('finds recipients by key, state and outcome, in pages', async () => {
    await begin(outbound(), ['ann', 'bob', 'eve', 'kim', 'max']);
    await begin(outbound(), ['ann'], { id: 'other' });
    for (const outcome of ['busy', 'answered', 'answered']) await outbound().end(anEnd(await dialOne(outbound()), { outcome }), NOON);
    await outbound().claim(aClaim({ most: 1 }), NOON);
    const ended = Object.values(await recipientsOf(outbound())).filter(({ state }) => state === 'ended');
    const keys = async (find: Parameters<typeof page>[0]) => (await page(find)).recipients.map(({ key }) => key);
    const page = (
      find: NonNullable<Parameters<ReturnType<TheOutbound>['recipients']>[1]['find']>,
      after: number | null = null,
      limit = 10,
    ) => outbound().recipients('spring', { after, limit, find });
    expect(await keys({ outcome: 'answered' })).toEqual(ended.filter(({ outcome }) => outcome === 'answered').map(({ key }) => key));
    expect(await keys({ state: 'ended' })).toEqual(ended.map(({ key }) => key));
    expect([(await keys({ state: 'waiting' })).length, (await keys({ state: 'calling' })).length]).toEqual([1, 1]);
    expect([await keys({ key: 'eve' }), await keys({ key: 'zoe' }), await keys({ outcome: 'late' })]).toEqual([['eve'], [], []]);
    const first = await page({ state: 'ended' }, null, 2);
    expect(first.after).toBe(first.recipients[1]?.number);
    expect(await page({ state: 'ended' }, first.after, 2)).toStrictEqual({ recipients: ended.slice(2), after: null });
  });

  it('says how each zone may be called, and when its first is due', async () => {
    const due = (name: string, zone: string, dueAt: number) => somebody(name, { zone, dueAt });
    await begin(outbound(), [due('ann', 'a', NOON + 5), due('bob', 'a', NOON - 5), due('eve', 'b', NOON - 9), due('kim', 'c', NOON)]);
    await outbound().setWindow('spring', 'c', null);
    const [eve] = await outbound().claim(aClaim({ most: 1 }), NOON);
    expect(eve?.recipient.key).toBe('eve');
    await outbound().addRecipients('spring', [due('max', 'd', NOON)]);
    const window = { opensAt: NOON - HOUR, closesAt: NOON + 8 * HOUR };
    expect(await outbound().windows('spring')).toStrictEqual([
      { zone: 'a', window, dueAt: NOON - 5 },
      { zone: 'b', window, dueAt: null },
      { zone: 'c', window: null, dueAt: NOON },
      { zone: 'd', window: { opensAt: 0, closesAt: 0 }, dueAt: NOON },
    ]);
    await outbound().end(anEnd(eve?.attempt ?? '', { next: { at: NOON + 7, rank: 2 } }), NOON);
    expect((await outbound().windows('spring'))[1]).toMatchObject({ zone: 'b', dueAt: NOON + 7 });
  });

  it('says who of some people is suppressed', async () => {
    await outbound().suppress(
      [
        { person: 'a\u0000', scope: 'news' },
        { person: 'a\u0000', scope: '*' },
        { person: 'b', scope: 'x' },
        { person: 'c', scope: 'x' },
      ],
      NOON,
    );
    await outbound().unsuppress({ person: 'c', scope: 'x' });
    const found = await outbound().suppressed(['z', 'b', 'a\u0000', 'b', 'c']);
    expect([...found].sort(byText)).toStrictEqual([
      { person: 'a\u0000', scopes: ['*', 'news'], at: NOON },
      { person: 'b', scopes: ['x'], at: NOON },
    ]);
    expect(await outbound().suppressed([])).toEqual([]);
  });

  it('keeps what imports have come to, by their names', async () => {
    await begin(outbound(), []);
    await outbound().putImport('spring', { name: 'a.csv', at: NOON, data: '1' });
    await outbound().putImport('spring', { name: 'b\u0000', at: NOON + 1, data: '\u0000' });
    await outbound().putImport('spring', { name: 'a.csv', at: NOON + 2, data: '2' });
    await outbound().putImport('winter', { name: 'a.csv', at: NOON, data: '1' });
    expect(await outbound().imports('spring')).toStrictEqual([
      { name: 'a.csv', at: NOON + 2, data: '2' },
      { name: 'b\u0000', at: NOON + 1, data: '\u0000' },
    ]);
    expect(await outbound().imports('winter')).toEqual([]);
  });

  it('deletes a campaign that was never started, with all that was kept of it', async () => {
    const names = Array.from({ length: 1_201 }, (_, index) => `r${index}`);
    await begin(outbound(), names, { status: 'draft' });
    await begin(outbound(), ['ann'], { id: 'begun', status: 'paused' });
    await outbound().putImport('spring', { name: 'a', at: 1, data: '' });
    expect(await outbound().deleteCampaign('begun')).toBe('begun');
    expect(await outbound().deleteCampaign('spring')).toBe('deleted');
    expect(await outbound().deleteCampaign('spring')).toBe('unknown');
    expect((await outbound().campaigns()).map(({ id }) => id)).toEqual(['begun']);
    expect(await outbound().addCampaign(aCampaign())).toBe('added');
    expect([
      await recipientsOf(outbound()),
      await counts(),
      await outbound().windows('spring'),
      await outbound().imports('spring'),
    ]).toEqual([{}, [], [], []]);
    expect(await counts('begun')).toEqual([['UTC', 'waiting', null, 1]]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['half an hour', () => outbound().attemptCounts('spring', { from: NOON + MINUTE, to: NOON + HOUR }), 'attemptCounts'],
    ['too many people', () => outbound().suppressed(Array<string>(5_001).fill('a')), 'suppressed'],
    ['no attempts', () => outbound().openAttempts('spring', 0), 'openAttempts.limit'],
    ['a long name of an import', () => outbound().putImport('spring', { name: 'x'.repeat(257), at: 1, data: '' }), 'putImport.name'],
    ['much to keep of an import', () => outbound().putImport('spring', { name: 'x', at: 1, data: 'x'.repeat(10_001) }), 'putImport.data'],
  ])('refuses %s', async (_, run, argument) => {
    await expect(run()).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
  });
}
