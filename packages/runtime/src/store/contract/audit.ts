import { expect, it } from 'vitest';
import type { AuditFilter } from '../store.ts';
import { anAuditRow, insert, NOON, type StoreHarness, type TheStore } from './call.ts';

/** What was changed, and with whose token. */
export function describeAudit(store: TheStore, { reopen }: StoreHarness): void {
  const ids = async (filter: AuditFilter = {}) => (await store().listAudit(filter)).entries.map(({ id }) => id);
  const put = async (...rows: readonly Parameters<typeof anAuditRow>[0][]) => {
    for (const row of rows) await store().putAudit(anAuditRow(row));
  };

  it.each([
    ['whole', {}],
    ['empty', { callId: null, flow: null, to: null, result: null, requestId: null }],
    [
      'of awkward texts',
      {
        id: 'a\u0000b',
        label: `it's "x"`,
        role: '\u001e',
        action: '-- %s',
        callId: '欢迎',
        flow: 'null',
        to: '\u0001',
        requestId: '',
        detail: '{"\u0000":1}',
      },
    ],
  ])('keeps an entry that is %s as it is', async (_, changes) => {
    const row = anAuditRow(changes);
    await store().putAudit(row);
    expect(await store().listAudit({})).toStrictEqual({ entries: [row], cursor: null });
  });

  it('replaces an entry in its place', async () => {
    const [first, second] = [anAuditRow({ result: null, callId: null }), anAuditRow()];
    for (const row of [first, second, { ...first, result: 201, callId: 'placed' }]) await store().putAudit(row);
    expect((await store().listAudit({})).entries).toStrictEqual([second, { ...first, result: 201, callId: 'placed' }]);
  });

  it('lists newest first; of one moment, the last inserted first', async () => {
    await put({ id: 'middle', at: NOON }, { id: 'first', at: NOON - 1 }, { id: 'alsoMiddle', at: NOON }, { id: 'last', at: NOON + 1 });
    expect(await ids()).toEqual(['last', 'alsoMiddle', 'middle', 'first']);
  });

  it.each<[AuditFilter, string[]]>([
    [{ label: 'desk' }, ['d']],
    [{ action: 'call.end' }, ['c']],
    [{ callId: 'other' }, ['b']],
    [{ flow: 'sales' }, ['a']],
    [{ after: NOON + 3 }, ['d']],
    [{ before: NOON + 1 }, ['a']],
    [{ label: 'ops', action: 'call.place', after: NOON + 1, before: NOON + 3 }, ['b']],
    [{ label: 'Desk' }, []],
  ])('filters by %j', async (filter, expected) => {
    await put({ id: 'a', flow: 'sales' }, { id: 'b', at: NOON + 1, callId: 'other' }, { id: 'c', at: NOON + 2, action: 'call.end' });
    await put({ id: 'd', at: NOON + 3, label: 'desk' });
    expect(await ids(filter)).toEqual(expected);
  });

  it('pages through all entries once, though some are added meanwhile', async () => {
    for (let index = 0; index < 7; index++) await put({ id: `${index}`, at: NOON + Math.floor(index / 3) });
    const pages: string[][] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await store().listAudit({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      pages.push(page.entries.map(({ id }) => id));
      cursor = page.cursor;
      await put({ at: NOON + 100 });
    }
    expect(pages).toEqual([['6', '5', '4'], ['3', '2', '1'], ['0']]);
  });

  it.each<[AuditFilter, string]>([
    [{ limit: 0 }, 'listAudit.limit'],
    [{ limit: 501 }, 'listAudit.limit'],
    [{ cursor: 'page 2' }, 'listAudit.cursor'],
  ])('refuses to list %j', async (filter, argument) => {
    await expect(store().listAudit(filter)).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
  });

  it.each(['id', 'label', 'role', 'action', 'callId', 'flow', 'to', 'requestId'] as const)('refuses a %s that is too long', async (key) => {
    const refused = store().putAudit(anAuditRow({ [key]: 'x'.repeat(257) }));
    await expect(refused).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument: `putAudit.${key}` });
    expect(await ids()).toEqual([]);
  });

  it('prunes entries of a time before, oldest first and only so many', async () => {
    await put({ id: 'kept', at: NOON }, { id: 'second', at: NOON - 1 }, { id: 'first', at: NOON - 2 }, { id: 'third', at: NOON - 1 });
    const prune = () => store().pruneAudit({ before: NOON, keep: 10 }, 2);
    expect([await prune(), (await ids()).includes('first'), await prune(), await prune()]).toEqual([2, false, 1, 0]);
    expect(await ids()).toEqual(['kept']);
  });

  it('prunes all but the newest, and counts those that were refused apart', async () => {
    for (let index = 0; index < 4; index++) await put({ id: `done ${index}`, result: index % 2 === 0 ? 201 : null });
    for (let index = 0; index < 9; index++) await put({ id: `refused ${index}`, result: 403 });
    expect(await store().pruneAudit({ before: 0, keep: 3 }, 100)).toBe(7);
    expect(await ids()).toEqual(['refused 8', 'refused 7', 'refused 6', 'done 3', 'done 2', 'done 1']);
    expect(await store().pruneAudit({ before: 0, keep: 3 }, 100)).toBe(0);
  });

  it('prunes no more at once than it is told, whatever the reason', async () => {
    for (let index = 0; index < 6; index++) await put({ result: index % 2 === 0 ? 403 : 201 }, { at: NOON - 1 });
    const counts: number[] = [];
    for (let count = 5; count > 0;) counts.push((count = await store().pruneAudit({ before: NOON, keep: 1 }, 5)));
    expect([counts, (await ids()).length]).toEqual([[5, 5, 0], 2]);
  });

  it('keeps entries of calls that were pruned, and calls whose entries were', async () => {
    const call = await insert(store(), { endedAt: NOON, status: 'ended' });
    await put({ id: 'entry', callId: call.id });
    await store().prune(NOON + 1, 10);
    expect(await ids()).toEqual(['entry']);
    const other = await insert(store());
    await store().pruneAudit({ before: NOON + 1, keep: 10 }, 10);
    expect([await ids(), (await store().load({ id: other.id }))?.call.id]).toEqual([[], other.id]);
  });

  it('keeps what it was given, whatever becomes of the object', async () => {
    const row = { ...anAuditRow() };
    await store().putAudit(row);
    Object.assign(row, { label: 'changed' });
    expect((await store().listAudit({})).entries).toMatchObject([{ label: 'ops' }]);
  });

  it.skipIf(reopen === null)('keeps it once it is opened anew', async () => {
    const row = anAuditRow();
    await store().putAudit(row);
    const again = await reopen?.(store());
    expect(await again?.listAudit({})).toStrictEqual({ entries: [row], cursor: null });
    await again?.close();
  });
}
