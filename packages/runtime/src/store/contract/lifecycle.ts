import { expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { aCall, anAuditRow, anInboxRow, insert, type TheStore } from './call.ts';

const OPERATIONS: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  ping: (store) => store.ping(),
  load: (store) => store.load({ id: 'a' }),
  turn: (store) => store.turn('a', 0),
  turnOfEvent: (store) => store.turnOfEvent('a', 'e'),
  commit: (store) => store.commit({ call: aCall() }),
  touch: (store) => store.touch('a', 1, 2),
  append: (store) => store.append('a', [{ at: 1, kind: 'log', data: '{}' }]),
  timeline: (store) => store.timeline('a'),
  put: (store) => store.put(anInboxRow(), { pending: false }),
  inbox: (store) => store.inbox('a', 's'),
  turns: (store) => store.turns('a'),
  due: (store) => store.due(1, 1),
  findByClientRequestId: (store) => store.findByClientRequestId('a', 'r'),
  unnumbered: (store) => store.unnumbered('a', '1', '2'),
  list: (store) => store.list({}),
  countCalls: (store) => store.countCalls({}, 10),
  liveCounts: (store) => store.liveCounts(),
  prune: (store) => store.prune(1, 1),
  uncounted: (store) => store.uncounted(1),
  foldCounts: (store) => store.foldCounts(1),
  counts: (store) => store.counts({ flow: 'support', since: 0, until: 0 }),
  countGroups: (store) => store.countGroups(),
  pruneCounts: (store) => store.pruneCounts(1, 1),
  overrides: (store) => store.overrides(),
  changeOverrides: (store) => store.changeOverrides([{ scope: 's', name: 'n', expected: 1, to: null }], anAuditRow()),
  auditEntry: (store) => store.auditEntry('a'),
  putAudit: (store) => store.putAudit(anAuditRow()),
  listAudit: (store) => store.listAudit({}),
  pruneAudit: (store) => store.pruneAudit({ before: 1, keep: 1 }, 1),
};

/** Opening, closing, and what happens outside of that. */
export function describeLifecycle(store: TheStore): void {
  it('answers a ping while it is open', async () => {
    await expect(store().ping()).resolves.toBeUndefined();
  });

  it('can be opened and closed twice', async () => {
    await Promise.all([store().open(), store().open()]);
    await store().ping();
    await Promise.all([store().close(), store().close()]);
    await store().close();
  });

  it('finishes what is under way before it closes', async () => {
    const writing = Array.from({ length: 10 }, () => insert(store()));
    await store().close();
    expect((await Promise.allSettled(writing)).map(({ status }) => status)).toEqual(Array(10).fill('fulfilled'));
  });

  it.each(Object.entries(OPERATIONS))('rejects %s once it is closed, saying so', async (operation, run) => {
    await store().close();
    await expect(run(store())).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE', reason: 'closed', outcome: 'unchanged', operation });
  });
}
