import { expect, it } from 'vitest';
import { aCall, anInboxRow, aTurn, entries, insert, NOON, type StoreHarness, type TheStore } from './call.ts';

/** Texts that databases trip over. */
const TEXTS = {
  'scripts and emoji': 'Müller 欢迎 مرحبا 👩🏽‍💻',
  quotes: `it's a "test" \\ with; -- {NULL,"a"} %s $1 ?`,
  'U+0000': 'before\u0000after\u0000',
  'what separates and escapes': '\u0000\u0001\u001e\u00010\u0001\u0001',
  'lines and tabs': 'a\r\nb\tc\u2028d',
  'what looks like nothing': 'null',
  'a long text': 'x'.repeat(200_000),
};

/** What is kept: texts as they are, big journals, and everything once the store is opened anew. */
export function describeKeeping(store: TheStore, { reopen }: StoreHarness): void {
  it.each(Object.entries(TEXTS))('keeps %s as it is in every field', async (_, text) => {
    const id = text.length > 256 ? 'short' : text;
    const call = aCall({
      ...{ id, subAccountId: id, sessionId: id, flow: text, flowVersion: text, from: text, to: text },
      ...{ site: text, lastSite: text, clientRequestId: id, state: text, result: text, journalLength: 2, dueAt: NOON },
    });
    const turn = { ...aTurn(0, text, text), event: text };
    const row = { at: NOON, kind: text, data: text };
    await store().commit({ call, journal: entries(0, text, ''), turn, timeline: [row] });
    await store().append(id, [row]);
    const webhook = anInboxRow({ subAccountId: id, sessionId: id, kind: id, digest: id, data: text });
    await store().put(webhook, { pending: false });
    expect(await store().inbox(id, id)).toStrictEqual([{ ...webhook, pending: false }]);
    expect(await store().load({ subAccountId: id, sessionId: id })).toStrictEqual({ call, journal: entries(0, text, '') });
    expect([await store().turn(id, 0), await store().turnOfEvent(id, text)]).toStrictEqual([turn, turn]);
    expect(await store().timeline(id)).toStrictEqual([row, row]);
    expect(await store().findByClientRequestId(id, id)).toStrictEqual(call);
    expect(await store().due(NOON, 1)).toEqual([id]);
    expect((await store().list({ flow: text, site: text })).calls).toStrictEqual([call]);
    expect(await store().liveCounts()).toStrictEqual([{ flow: text, flowVersion: text, site: text, count: 1 }]);
  });

  it('keeps a journal of thousands of rows in order', async () => {
    const rows = entries(0, ...Array.from({ length: 5000 }, (_, index) => JSON.stringify({ site: 'main', at: NOON + index, value: '1' })));
    const call = await insert(store(), { journalLength: rows.length }, { journal: rows });
    expect((await store().load({ id: call.id }))?.journal).toStrictEqual(rows);
  });

  it('keeps times far from now and very large revisions apart', async () => {
    const call = aCall({ startedAt: 0, seenAt: 8_640_000_000_000_000, dueAt: -5, endedAt: 4_102_444_800_000 });
    await store().commit({ call });
    expect((await store().load({ id: call.id }))?.call).toStrictEqual(call);
    expect(await store().due(0, 5)).toEqual([call.id]);
  });

  it.skipIf(reopen === null)('keeps everything once it is opened anew', async () => {
    const call = await insert(store(), { journalLength: 1, clientRequestId: 'r' }, { journal: entries(0, '1'), turn: aTurn(0) });
    await store().append(call.id, [{ at: NOON, kind: 'log', data: '{}' }]);
    await store().put(anInboxRow(), { pending: true });
    const again = await reopen?.(store());
    expect(await again?.load({ id: call.id })).toStrictEqual({ call, journal: entries(0, '1') });
    expect(await again?.turns(call.id)).toStrictEqual([aTurn(0)]);
    expect(await again?.timeline(call.id)).toHaveLength(1);
    expect(await again?.inbox('acme', 's')).toStrictEqual([{ ...anInboxRow(), pending: true }]);
    await again?.close();
  });
}
