import { expect, it } from 'vitest';
import { type CountFilter, type CountRow, DAY, HOUR, MAX_GROUPS, MAX_PENDING } from '../count-row.ts';
import { aCall, aCountRow, insert, next, NOON, type StoreHarness, type TheStore } from './call.ts';

const MIDNIGHT = Math.floor(NOON / DAY) * DAY;
const ALWAYS = { flow: 'support', since: MIDNIGHT - 40 * DAY, until: MIDNIGHT + 40 * DAY };

/** What calls are counted by: once each, by whoever folds, and as one moment sees it. */
export function describeCounts(store: TheStore, { reopen }: StoreHarness): void {
  let sessions = 0;
  const end = (row: Partial<CountRow> = {}) =>
    insert(
      store(),
      { sessionId: `counted-${++sessions}`, status: 'ended', endedAt: NOON, dueAt: null, counted: true },
      { counts: aCountRow(row) },
    );
  const totals = async (filter: Partial<CountFilter> = {}) => Object.fromEntries((await store().counts({ ...ALWAYS, ...filter })).totals);
  const hours = async (filter: Partial<CountFilter> = {}) =>
    [...(await store().counts({ ...ALWAYS, ...filter })).hours].map(([hour, counts]) => [
      (hour - MIDNIGHT) / HOUR,
      Object.fromEntries(counts),
    ]);

  it('counts a call with the commit that says so, folded or not', async () => {
    await end({ counts: { calls: 1, silence: 3 } });
    expect(await store().counts(ALWAYS)).toMatchObject({ pending: 1, more: false });
    expect(await totals()).toEqual({ calls: 1, silence: 3 });
    expect(await store().foldCounts(10)).toBe(1);
    expect(await store().counts(ALWAYS)).toMatchObject({ pending: 0, more: false });
    expect(await totals()).toEqual({ calls: 1, silence: 3 });
    expect(await store().foldCounts(10)).toBe(0);
  });

  it('adds what is pending to what is folded, in totals and by the hour', async () => {
    await end({ counts: { calls: 1, a: 2 }, series: ['calls'] });
    await store().foldCounts(10);
    await end({ counts: { calls: 1, b: 5 }, series: ['calls'] });
    await end({ counts: { calls: 1 }, series: ['calls'], hour: NOON + HOUR });
    expect(await totals()).toEqual({ calls: 3, a: 2, b: 5 });
    expect(await hours()).toEqual([
      [12, { calls: 2 }],
      [13, { calls: 1 }],
    ]);
    await store().foldCounts(10);
    expect(await hours()).toEqual([
      [12, { calls: 2 }],
      [13, { calls: 1 }],
    ]);
  });

  it('counts nothing where the commit conflicts', async () => {
    const call = await insert(store());
    const ended = { ...next(call, { status: 'ended', endedAt: NOON, counted: true }), revision: 7 };
    expect(await store().commit({ call: ended, counts: aCountRow() })).toBe('conflict');
    expect(await totals()).toEqual({});
  });

  it('folds no more rows at once than it is told, the first ones first', async () => {
    for (const name of ['a', 'b', 'c']) await end({ counts: { [name]: 1 } });
    expect([await store().foldCounts(2), await store().foldCounts(2), await store().foldCounts(2)]).toEqual([2, 1, 0]);
    expect(await totals()).toEqual({ a: 1, b: 1, c: 1 });
  });

  it('folds each row once, though many fold at the same time as calls end', async () => {
    const ends = Array.from({ length: 60 }, () => end({ counts: { calls: 1, turns: 4 } }));
    const folds = Array.from({ length: 12 }, () => store().foldCounts(7));
    await Promise.all([...ends, ...folds]);
    expect(await totals()).toEqual({ calls: 60, turns: 240 });
    for (let count = 1; count > 0;) count = await store().foldCounts(25);
    expect(await store().counts(ALWAYS)).toMatchObject({ pending: 0 });
    expect(await totals()).toEqual({ calls: 60, turns: 240 });
  });

  it('shows a fold as a whole, or not at all', async () => {
    await Promise.all(Array.from({ length: 40 }, () => end()));
    const looks = await Promise.all(
      Array.from({ length: 12 }, async (_, index) =>
        index % 2 === 0
          ? store()
              .foldCounts(9)
              .then(() => null)
          : totals(),
      ),
    );
    expect(looks.filter((look) => look !== null)).toEqual(Array.from({ length: 6 }, () => ({ calls: 40 })));
  });

  it.each<[Partial<CountFilter>, number]>([
    [{}, 5],
    [{ flow: 'sales' }, 10],
    [{ version: '2' }, 1],
    [{ version: '1' }, 4],
    [{ number: '+6531589338' }, 3],
    [{ number: '' }, 2],
    [{ version: '1', number: '' }, 2],
    [{ flow: 'Support' }, 0],
    [{ version: '' }, 0],
  ])('reads those of %j', async (filter, expected) => {
    await end({ counts: { calls: 2 } });
    await end({ version: '2' });
    await end({ flow: 'sales', counts: { calls: 10 } });
    await end({ number: '', counts: { calls: 2 } });
    expect((await totals(filter))['calls'] ?? 0).toBe(expected);
    await store().foldCounts(10);
    expect((await totals(filter))['calls'] ?? 0).toBe(expected);
  });

  it('reads any span of hours as the sum of its hours, in whole days and in parts of them', async () => {
    const at = [-49, -48, -25, -24, -1, 0, 5, 23, 24, 47, 48, 72];
    for (const hour of at) await end({ hour: MIDNIGHT + hour * HOUR });
    await store().foldCounts(8);
    const spans = [
      [-49, 73],
      [-48, 48],
      [-24, 0],
      [-1, 1],
      [0, 24],
      [1, 24],
      [0, 23],
      [5, 5],
      [-30, 50],
      [23, 25],
      [24, 23],
    ] as const;
    for (const [since, until] of spans) {
      const filter = { since: MIDNIGHT + since * HOUR, until: MIDNIGHT + until * HOUR };
      const within = at.filter((hour) => hour >= since && hour < until).length;
      expect([since, until, (await totals(filter))['calls'] ?? 0]).toEqual([since, until, within]);
    }
  });

  it('knows its groups, those of rows that wait among them', async () => {
    await end({ hour: NOON - DAY });
    await end();
    await store().foldCounts(1);
    await end({ version: '2', number: '' });
    const groups = [...(await store().countGroups())].sort((a, b) => (a.version < b.version ? -1 : 1));
    expect(groups).toEqual([
      { flow: 'support', version: '1', number: '+6531589338', first: NOON - DAY, last: NOON },
      { flow: 'support', version: '2', number: '', first: NOON, last: NOON },
    ]);
    await store().foldCounts(10);
    expect(await store().countGroups()).toHaveLength(2);
    expect(await store().countGroups()).toEqual(expect.arrayContaining(groups));
  });

  it('counts the numbers of a flow together once there are very many', async () => {
    await Promise.all(Array.from({ length: MAX_GROUPS + 20 }, (_, index) => end({ number: `+65${index}` })));
    for (let count = 1; count > 0;) count = await store().foldCounts(400);
    await Promise.all([end({ number: '+65x' }), end({ number: '+650' })]);
    await store().foldCounts(10);
    const groups = await store().countGroups();
    expect(groups.length).toBeLessThanOrEqual(MAX_GROUPS + 1);
    expect([(await totals())['calls'], (await totals({ number: '' }))['calls']]).toEqual([
      MAX_GROUPS + 22,
      MAX_GROUPS + 22 - groups.length,
    ]);
  });

  it('says where more rows wait than are read at once', async () => {
    const counts = aCountRow({ counts: { calls: 1 } });
    for (let index = 0; index <= MAX_PENDING; index += 501) await Promise.all(Array.from({ length: 501 }, () => end(counts)));
    expect(await store().counts(ALWAYS)).toMatchObject({ pending: MAX_PENDING, more: true });
  });

  it('lists calls that ended and were not counted, the longest ended first', async () => {
    await insert(store(), { id: 'live' });
    await insert(store(), { id: 'second', status: 'ended', endedAt: NOON + 2, dueAt: null });
    const first = await insert(store(), { id: 'first', status: 'failed', endedAt: NOON + 1, dueAt: null });
    await end();
    expect([await store().uncounted(10), await store().uncounted(1)]).toEqual([['first', 'second'], ['first']]);
    await store().commit({ call: next(first, { counted: true }), counts: aCountRow() });
    expect(await store().uncounted(10)).toEqual(['second']);
    expect((await store().load({ id: 'first' }))?.call.counted).toBe(true);
  });

  it('keeps counts of calls that were pruned', async () => {
    await end();
    await store().prune(NOON + 1, 10);
    expect(await totals()).toEqual({ calls: 1 });
    await store().foldCounts(10);
    expect(await totals()).toEqual({ calls: 1 });
  });

  it('prunes whole days before a time, and groups of which nothing is left', async () => {
    for (const day of [-3, -2, -1, 0]) await end({ hour: MIDNIGHT + day * DAY + HOUR, series: ['calls'] });
    await end({ version: '0', hour: MIDNIGHT - 5 * DAY });
    await store().foldCounts(10);
    for (let count = 1; count > 0;) count = await store().pruneCounts(MIDNIGHT - DAY + 12 * HOUR, 1);
    expect([await totals(), (await hours()).map(([hour]) => hour)]).toEqual([{ calls: 2 }, [-23, 1]]);
    expect(await store().countGroups()).toEqual([
      { flow: 'support', version: '1', number: '+6531589338', first: MIDNIGHT - DAY, last: MIDNIGHT + HOUR },
    ]);
    expect(await store().pruneCounts(MIDNIGHT - DAY, 10)).toBe(0);
  });

  it.each([
    ['whole', {}],
    [
      'of awkward texts',
      {
        flow: 'a\u0000b',
        version: `it's "x"`,
        number: '\u001e',
        counts: { 'sile\u0000nce\u0001': 2, '["a\u001e"]': 1 },
        series: ['["a\u001e"]'],
      },
    ],
    ['empty', { flow: '', version: '', number: '', counts: {}, series: [] }],
    ['of long names', { counts: { ['x'.repeat(512)]: Number.MAX_SAFE_INTEGER, ['欢'.repeat(512)]: 1 }, series: [] }],
  ] as const)('keeps a row that is %s as it is', async (_, changes) => {
    const { flow, version, number, counts } = aCountRow(changes);
    await end(changes);
    expect(await totals({ flow, version, number })).toStrictEqual(counts);
    await store().foldCounts(1);
    expect(await totals({ flow, version, number })).toStrictEqual(counts);
  });

  it.each([
    ['commit.counts.flow', { flow: 'x'.repeat(257) }],
    ['commit.counts.number', { number: 'x'.repeat(257) }],
    ['commit.counts.hour', { hour: NOON + 1 }],
    ['commit.counts.counts', { counts: { calls: 0 } }],
    ['commit.counts.counts', { counts: { calls: 1.5 } }],
    ['commit.counts.counts', { counts: { ['x'.repeat(513)]: 1 } }],
    ['commit.counts.counts', { counts: Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`${index}`, 1])) }],
    ['commit.counts.series', { series: ['other'] }],
  ] as const)('refuses %s of %j', async (argument, changes) => {
    await expect(end(changes)).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
    expect(await totals()).toEqual({});
  });

  it('refuses counts of a call that does not say that it is counted, and times that are no hours', async () => {
    const refused = store().commit({ call: aCall({ counted: false }), counts: aCountRow() });
    await expect(refused).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument: 'commit.counts' });
    await expect(totals({ since: 1 })).rejects.toMatchObject({ argument: 'counts.since' });
    await expect(totals({ until: HOUR / 2 })).rejects.toMatchObject({ argument: 'counts.until' });
  });

  it.skipIf(reopen === null)('keeps rows and counters once it is opened anew', async () => {
    await end();
    await store().foldCounts(10);
    await end();
    const again = await reopen?.(store());
    expect((await again?.counts(ALWAYS))?.totals).toEqual(new Map([['calls', 2]]));
    expect(await again?.foldCounts(10)).toBe(1);
    expect(await again?.counts(ALWAYS)).toMatchObject({ totals: new Map([['calls', 2]]), pending: 0 });
    await again?.close();
  });
}
