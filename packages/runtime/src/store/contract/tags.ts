import { expect, it } from 'vitest';
import type { CallFilter, CallRecord, Store, TagFilter } from '../store.ts';
import { aCall, aTurn, entries, HOUR, insert, next, NOON, type StoreHarness, type TheStore } from './call.ts';

/** What tags may hold that databases trip over. */
const TEXTS = [
  `it's a "test" \\ with; -- {NULL} %s $1 ?`,
  `' OR 1=1 --`,
  'billing%',
  'b_lling',
  'before\u0000after',
  'Müller 欢迎 👩🏽‍💻',
  '=',
  '1250',
  ' 1250',
  '01250',
  'NaN',
  'Infinity',
  'null',
  '-',
  'Billing',
  'billing',
  'x'.repeat(256),
];
const NUMBERS = [0, -1, 0.1, 1250, 1250.5, -1250, 1e21, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER];
const COMPARISONS: readonly TagFilter['compare'][] = ['=', '!=', '<', '<=', '>', '>='];

/** What flows note on calls, and how calls are found by it. */
export function describeTags(store: TheStore, { reopen }: StoreHarness): void {
  const ids = async (filter: CallFilter) => (await store().list(filter)).calls.map(({ id }) => id);
  const tagged = (tags: CallRecord['tags'], changes: Partial<CallRecord> = {}) =>
    insert(store(), { ...changes, tags }, { tags: Object.keys(tags) });
  const by = (name: string, compare: TagFilter['compare'], value: string): CallFilter => ({ tags: [{ name, compare, value }] });

  it('keeps tags and result with the call, and gives them back wherever it gives the call', async () => {
    const call = await tagged({ reason: 'billing', amount: 1250.5, constructor: 'a' }, { result: '{"paid":true}', clientRequestId: 'r' });
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(call);
    expect((await store().list({})).calls).toStrictEqual([call]);
    expect(await store().findByClientRequestId('acme', 'r')).toStrictEqual(call);
  });

  it('finds a call by the last value of each', async () => {
    const call = await tagged({ reason: 'billing', amount: 1 });
    await store().commit({ call: next(call, { tags: { reason: 'agent', amount: 1, plan: 'gold' } }), tags: ['reason', 'plan'] });
    expect(await ids(by('reason', '=', 'billing'))).toEqual([]);
    for (const [name, value] of Object.entries({ reason: 'agent', amount: '1', plan: 'gold' }))
      expect(await ids(by(name, '=', value))).toEqual([call.id]);
  });

  it('finds a tag that was a text by the number that it is now, and back', async () => {
    const call = await tagged({ amount: 'many' });
    const second = next(call, { tags: { amount: 7 } });
    await store().commit({ call: second, tags: ['amount'] });
    expect([await ids(by('amount', '=', 'many')), await ids(by('amount', '>', '6'))]).toEqual([[], [call.id]]);
    await store().commit({ call: next(second, { tags: { amount: 'many' } }), tags: ['amount'] });
    expect([await ids(by('amount', '=', 'many')), await ids(by('amount', '>', '6'))]).toEqual([[call.id], []]);
  });

  it('changes no tag with a commit that conflicts', async () => {
    const call = await tagged({ reason: 'billing' });
    const late = { ...next(call), revision: 3, tags: { reason: 'agent' } };
    expect(await store().commit({ call: late, tags: ['reason'] })).toBe('conflict');
    const answered = next(call, { journalLength: 5, tags: { reason: 'agent' } });
    expect(await store().commit({ call: answered, journal: entries(4, '1'), turn: aTurn(0), tags: ['reason'] })).toBe('conflict');
    expect([await ids(by('reason', '=', 'agent')), await ids(by('reason', '=', 'billing'))]).toEqual([[], [call.id]]);
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(call);
  });

  it('leaves the tags of others alone, also in commits that come together', async () => {
    const calls = Array.from({ length: 8 }, (_, index) =>
      aCall({ id: `c${index}`, startedAt: NOON + index, tags: { amount: index, reason: `r${index % 2}` } }),
    );
    const outcomes = await Promise.all(calls.map((call) => store().commit({ call, tags: ['amount', 'reason'] })));
    expect(new Set(outcomes)).toEqual(new Set(['committed']));
    await Promise.all(
      calls.map((call, index) =>
        store().commit(
          index % 2 === 0 ? { call: next(call, { tags: { ...call.tags, amount: index + 100 } }), tags: ['amount'] } : { call: next(call) },
        ),
      ),
    );
    expect(await ids(by('amount', '>=', '100'))).toEqual(['c6', 'c4', 'c2', 'c0']);
    expect(await ids(by('reason', '=', 'r1'))).toEqual(['c7', 'c5', 'c3', 'c1']);
  });

  it('compares every value in every way as numbers and texts are compared', async () => {
    const values = [...TEXTS, ...NUMBERS];
    for (const [index, value] of values.entries()) await tagged({ it: value }, { id: `${index}` });
    await insert(store(), { id: 'without' });
    await tagged({ other: 'billing' }, { id: 'another' });
    for (const compare of COMPARISONS) {
      for (const value of [...TEXTS, ...NUMBERS.map(String)]) {
        const isNumber = value.trim() === value && value !== '' && Number.isFinite(Number(value));
        if (!isNumber && compare !== '=' && compare !== '!=') continue;
        const expected = values.flatMap((one, index) => (reference(one, compare, value) ? [`${index}`] : []));
        expect((await ids(by('it', compare, value))).toSorted(), `${compare} ${value.slice(0, 30)}`).toEqual(expected.toSorted());
      }
    }
  });

  it('finds nothing by names that no call has, whatever stands in them', async () => {
    await tagged({ reason: 'billing' });
    for (const name of ['reson', 'Reason', 'constructor', '__proto__', '', `x' OR '1'='1`, '$1', '?', 'reason\u0000', 'x'.repeat(5_000)])
      for (const compare of COMPARISONS) expect(await ids(by(name, compare, '1'))).toEqual([]);
  });

  it.each<[string, CallFilter, readonly string[]]>([
    ['several tags', { tags: [is('reason', 'billing'), more('amount', 20)] }, ['5', '3']],
    ['one tag twice', { tags: [more('amount', 20), { name: 'amount', compare: '<', value: '50' }] }, ['4', '3', '2']],
    ['the same condition twice', { tags: [is('reason', 'billing'), is('reason', 'billing')] }, ['5', '3', '1']],
    ['a tag and another value of it', { tags: [is('reason', 'billing'), is('reason', 'agent')] }, []],
    ['a tag and a flow', { flow: 'sales', tags: [is('reason', 'billing')] }, ['3']],
    ['a tag of calls in progress', { status: ['live'], tags: [is('reason', 'billing'), more('amount', 0)] }, ['5', '3']],
    ['a tag of calls that are over', { status: ['ended', 'failed'], tags: [is('reason', 'billing')] }, ['1']],
    ['a tag and no status', { status: [], tags: [is('reason', 'billing')] }, []],
    ['a tag and a site', { site: 'main', tags: [is('reason', 'agent')] }, ['4', '2', '0']],
    ['a tag and a number', { number: '555', tags: [more('amount', 0)] }, ['4']],
    ['a tag and a whole number', { number: '15550100', wholeNumber: true, tags: [more('amount', 0)] }, ['4']],
    ['a tag and moments', { startedAfter: NOON + 2, startedBefore: NOON + 5, tags: [more('amount', 0)] }, ['4', '3', '2']],
    ['no condition', { tags: [] }, ['6', '5', '4', '3', '2', '1', '0']],
    ['all but a value, where there is one', { tags: [{ name: 'reason', compare: '!=', value: 'billing' }] }, ['4', '2', '0']],
  ])('filters by %s', async (_, filter, expected) => {
    await insertTagged(store());
    expect(await ids(filter)).toEqual(expected);
  });

  it.each<[string, CallFilter]>([
    ['a tag', { tags: [more('amount', 0)] }],
    ['two', { tags: [is('reason', 'billing'), more('amount', 0)] }],
    ['a tag of calls in progress', { status: ['live'], tags: [more('amount', 0)] }],
  ])('pages by %s, though calls begin meanwhile', async (_, filter) => {
    for (let index = 0; index < 7; index++)
      await tagged({ amount: index + 1, reason: 'billing' }, { id: `${index}`, startedAt: NOON + Math.floor(index / 3) });
    const pages: string[][] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await store().list({ ...filter, limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      pages.push(page.calls.map(({ id }) => id));
      cursor = page.cursor;
      await tagged({ amount: 5, reason: 'billing' }, { startedAt: NOON + 100 });
    }
    expect(pages).toEqual([['6', '5', '4'], ['3', '2', '1'], ['0']]);
  });

  it.each<[string, readonly TagFilter[]]>([
    ['a text by its size', [{ name: 'reason', compare: '>', value: 'billing' }]],
    ['an empty text by its size', [{ name: 'reason', compare: '<=', value: '' }]],
    ['what is too large for a number', [{ name: 'amount', compare: '<', value: '1e999' }]],
    ['a comparison that there is none of', [{ name: 'amount', compare: '~' as '=', value: '1' }]],
    ['eleven conditions', Array.from({ length: 11 }, () => is('reason', 'billing'))],
  ])('refuses %s', async (_, tags) => {
    await expect(store().list({ tags })).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument: 'list.tags' });
  });

  it.each<[string, Partial<CallRecord>, readonly string[], string]>([
    ['a name that the call does not have', { tags: { a: 1 } }, ['a', 'b'], 'commit.tags'],
    ['a name that every object has', { tags: { a: 1 } }, ['a', 'constructor'], 'commit.tags'],
    ['an insert that leaves one out', { tags: { a: 1, b: 2 } }, ['a'], 'commit.tags'],
    ['a text of 257 characters', { tags: { a: 'x'.repeat(257) } }, ['a'], 'commit.call.tags'],
    ['a name of 65', { tags: { ['x'.repeat(65)]: 1 } }, ['x'.repeat(65)], 'commit.call.tags'],
    ['a number that is none', { tags: { a: NaN } }, ['a'], 'commit.call.tags'],
    ['a value that is neither', { tags: { a: true as never } }, ['a'], 'commit.call.tags'],
  ])('refuses a commit with %s', async (_, changes, tags, argument) => {
    const call = aCall(changes);
    await expect(store().commit({ call, tags })).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
    expect(await store().load({ id: call.id })).toBeNull();
  });

  it('deletes the tags of calls that it prunes, and no others', async () => {
    await tagged({ reason: 'billing' }, { id: 'old', status: 'ended', endedAt: NOON });
    await tagged({ reason: 'billing' }, { id: 'young', status: 'ended', endedAt: NOON + HOUR });
    expect(await store().prune(NOON + 1, 10)).toBe(1);
    expect(await ids(by('reason', '=', 'billing'))).toEqual(['young']);
    // A call of the same name has none of them.
    await insert(store(), { id: 'old', sessionId: 'another' });
    expect(await ids(by('reason', '=', 'billing'))).toEqual(['young']);
  });

  it('keeps what it was given, whatever becomes of the object', async () => {
    const tags = { reason: 'billing' };
    const call = await tagged(tags);
    tags.reason = 'agent';
    expect((await store().load({ id: call.id }))?.call.tags).toEqual({ reason: 'billing' });
    expect(await ids(by('reason', '=', 'billing'))).toEqual([call.id]);
  });

  it.skipIf(reopen === null)('finds calls by their tags once it is opened anew', async () => {
    const call = await tagged({ reason: 'billing', amount: 1250 }, { result: '7' });
    const again = await reopen?.(store());
    expect((await again?.list(by('amount', '>=', '1250')))?.calls).toStrictEqual([call]);
    expect((await again?.list(by('reason', '=', 'billing')))?.calls).toStrictEqual([call]);
    await again?.close();
  });
}

function is(name: string, value: string): TagFilter {
  return { name, compare: '=', value };
}

function more(name: string, value: number): TagFilter {
  return { name, compare: '>=', value: String(value) };
}

/** What the docstring of `TagFilter` says, once more. */
function reference(tag: string | number, compare: TagFilter['compare'], value: string): boolean {
  if (typeof tag === 'string') return compare === '=' ? tag === value : compare === '!=' && tag !== value;
  const isNumber = value !== '' && value.trim() === value && Number.isFinite(Number(value));
  const sizes = isNumber ? Math.sign(tag - Number(value)) : NaN;
  return { '=': sizes === 0, '!=': sizes !== 0, '<': sizes < 0, '<=': sizes <= 0, '>': sizes > 0, '>=': sizes >= 0 }[compare];
}

/** Calls 0 to 6, a moment apart: the odd ones for billing, the last without tags. */
async function insertTagged(store: Store): Promise<void> {
  const more: readonly Partial<CallRecord>[] = [{}, { status: 'ended', endedAt: NOON }, {}, { flow: 'sales' }, { from: '+15550100' }, {}];
  for (const [index, changes] of more.entries()) {
    const tags = { reason: index % 2 === 1 ? 'billing' : 'agent', amount: index * 10 + (index > 1 ? 5 : 0) };
    await insert(store, { id: `${index}`, startedAt: NOON + index, ...changes, tags }, { tags: ['reason', 'amount'] });
  }
  await insert(store, { id: '6', startedAt: NOON + 6 });
}
