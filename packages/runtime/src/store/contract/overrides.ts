import { expect, it } from 'vitest';
import type { OverrideChange, OverrideRow, Store } from '../store.ts';
import { aCall, anAuditRow, insert, next, NOON, type StoreHarness, type TheStore } from './call.ts';

type To = NonNullable<OverrideChange['to']>;

/** An operator closes for the day. Changed by `changes`. */
function anOverride(changes: Partial<To> = {}): To {
  return { value: 'true', startsAt: null, endsAt: null, at: NOON, label: 'ops', reason: null, ...changes };
}

function aChange(changes: Partial<OverrideChange> = {}): OverrideChange {
  return { scope: 'flow:support', name: 'closedToday', expected: 0, to: anOverride(), ...changes };
}

const names = async (store: Store): Promise<string[]> => (await store.overrides()).rows.map(({ scope, name }) => `${scope} ${name}`);

/** What operators have set, how it is changed, and commits that rely on it. */
export function describeOverrides(store: TheStore, { reopen }: StoreHarness): void {
  const change = (...changes: readonly OverrideChange[]) => store().changeOverrides(changes, anAuditRow());

  it('has none at first', async () => {
    expect(await store().overrides()).toStrictEqual({ revision: 0, rows: [] });
  });

  it.each<[string, Partial<To>]>([
    ['plain', {}],
    ['bounded in time', { startsAt: NOON, endsAt: NOON + 1 }],
    ['odd', { value: '"\u0000\u001e電話 \\"', label: '-- %s', reason: '' }],
    ['as long as it may be', { value: 'x'.repeat(20_000), label: 'y'.repeat(64), reason: 'z'.repeat(500) }],
  ])('keeps one that is %s as it is', async (_, changes) => {
    const to = anOverride(changes);
    expect(await change(aChange({ to }))).toBe('changed');
    const row: OverrideRow = { scope: 'flow:support', name: 'closedToday', ...to, version: 1 };
    expect(await store().overrides()).toStrictEqual({ revision: 1, rows: [row] });
  });

  it('changes several together, in one revision, and takes them back', async () => {
    expect(await change(aChange(), aChange({ name: 'notice', to: anOverride({ value: '"Hello."' }) }), aChange({ scope: 'flow:a' }))).toBe(
      'changed',
    );
    expect(await names(store())).toEqual(['flow:a closedToday', 'flow:support closedToday', 'flow:support notice']);
    expect((await store().overrides()).rows.map(({ version }) => version)).toEqual([1, 1, 1]);
    expect(
      await change(aChange({ expected: 1, to: null }), aChange({ name: 'notice', expected: 1, to: anOverride({ value: '"Bye."' }) })),
    ).toBe('changed');
    const { revision, rows } = await store().overrides();
    expect([revision, rows.map(({ scope, name, value, version }) => [scope, name, value, version])]).toEqual([
      2,
      [
        ['flow:a', 'closedToday', 'true', 1],
        ['flow:support', 'notice', '"Bye."', 2],
      ],
    ]);
  });

  it.each<[string, number]>([
    ['was set meanwhile', 0],
    ['was changed meanwhile', 7],
  ])('changes nothing where one %s, and keeps no entry', async (_, expected) => {
    await change(aChange());
    const before = await store().overrides();
    const entries = (await store().listAudit({})).entries.length;
    expect(await change(aChange({ name: 'notice' }), aChange({ expected, to: anOverride({ value: 'false' }) }))).toBe('conflict');
    expect(await store().overrides()).toStrictEqual(before);
    expect((await store().listAudit({})).entries).toHaveLength(entries);
  });

  it('takes nothing back that is not there as it was seen', async () => {
    expect(await change(aChange({ expected: 3, to: null }))).toBe('conflict');
    expect(await store().overrides()).toStrictEqual({ revision: 0, rows: [] });
  });

  it('lets one of several operators change it at a time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => change(aChange({ to: anOverride({ label: `${index}` }) }))));
    expect(outcomes.toSorted()).toEqual(['changed', ...Array<string>(7).fill('conflict')]);
    expect((await store().overrides()).revision).toBe(1);
  });

  it('keeps the entry of the audit list with the change', async () => {
    const [begun, done] = [anAuditRow({ action: 'settings.change', callId: null, result: null }), { detail: '{"a":1}', result: 200 }];
    await store().putAudit(begun);
    await store().changeOverrides([aChange()], { ...begun, ...done });
    expect((await store().listAudit({})).entries).toStrictEqual([{ ...begun, ...done }]);
    expect(await store().auditEntry(begun.id)).toStrictEqual({ ...begun, ...done });
    expect(await store().auditEntry('another')).toBeNull();
  });

  it.each<[string, readonly OverrideChange[]]>([
    ['changeOverrides', []],
    ['changeOverrides', [aChange(), aChange({ to: null })]],
    ['changeOverrides.scope', [aChange({ scope: 'x'.repeat(257) })]],
    ['changeOverrides.name', [aChange({ name: 'x'.repeat(65) })]],
    ['changeOverrides.value', [aChange({ to: anOverride({ value: 'x'.repeat(20_001) }) })]],
    ['changeOverrides.label', [aChange({ to: anOverride({ label: 'x'.repeat(65) }) })]],
    ['changeOverrides.reason', [aChange({ to: anOverride({ reason: 'x'.repeat(501) }) })]],
  ])('refuses a change that contradicts itself: %s', async (argument, changes) => {
    await expect(change(...changes)).rejects.toMatchObject({ code: 'HS_STORE_ARGUMENT', argument });
    expect(await store().overrides()).toStrictEqual({ revision: 0, rows: [] });
  });

  it('conflicts with a commit that relies on an earlier revision, and lets all others through', async () => {
    const call = await insert(store(), {}, { overrides: 0 });
    await change(aChange());
    expect(await store().commit({ call: next(call), overrides: 0 })).toBe('conflict');
    expect(await store().commit({ call: aCall(), overrides: 0 })).toBe('conflict');
    expect(await store().commit({ call: aCall(), overrides: 2 })).toBe('conflict');
    expect(await store().commit({ call: next(call), overrides: 1 })).toBe('committed');
    expect(await store().commit({ call: aCall() })).toBe('committed');
  });

  it('tells commits that come together apart', async () => {
    await change(aChange());
    const revisions = [1, 0, undefined, 1, 0];
    const outcomes = await Promise.all(
      revisions.map((overrides) => store().commit({ call: aCall(), ...(overrides === undefined ? {} : { overrides }) })),
    );
    expect(outcomes).toEqual(['committed', 'conflict', 'committed', 'committed', 'conflict']);
  });

  it('says the same of a commit that takes inbox rows', async () => {
    await change(aChange());
    expect(await store().commit({ call: aCall(), takes: [], overrides: 0 })).toBe('conflict');
    expect(await store().commit({ call: aCall(), takes: [], overrides: 1 })).toBe('committed');
  });

  it.skipIf(reopen === null)('keeps them once it is opened anew', async () => {
    await change(aChange());
    const before = await store().overrides();
    const again = await reopen?.(store());
    expect(await again?.overrides()).toStrictEqual(before);
    await again?.close();
  });
}
