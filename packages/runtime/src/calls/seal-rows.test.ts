import { describe, expect, it } from 'vitest';
import { parseDataKeys } from '../security/key-ring.ts';
import { createSealer, isSealed } from '../security/seal.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { CallRecord, Commit } from '../store/store.ts';
import type { Change } from './call.ts';
import { DATA_KEY } from './calls.test-support.ts';
import { answerPlace, opened, sealedRows } from './seal-rows.ts';

const sealer = createSealer(parseDataKeys(DATA_KEY));
const CALL: CallRecord = {
  ...{
    id: 'call-1',
    subAccountId: 'acme',
    sessionId: 's',
    flow: 'f',
    flowVersion: '1',
    direction: 'inbound',
    from: null,
    to: '+6560000000',
  },
  ...{ status: 'live', site: 'pin', lastSite: null, turn: 0, revision: 1, journalLength: 2, startedAt: 0, seenAt: 0, endedAt: null },
  ...{ dueAt: null, clientRequestId: null, tags: {}, result: null, counted: false, state: '{}' },
};
const entry = (index: number) => ({ index, data: JSON.stringify({ site: `site-${index}`, at: 0, value: '4815' }) });
const turn = (n: number) => ({ turn: n, eventId: null, event: '{}', answer: `answer ${n}`, at: 0 });

function rows(
  commit: Omit<Commit, 'call'>,
  secret: Extract<Change, { kind: 'call' }>['secret'],
  erases = false,
  store = createMemoryStore(),
) {
  return sealedRows(store, sealer, { commit: { call: CALL, ...commit }, secret, erases } as Extract<Change, { kind: 'call' }>);
}

describe('the rows of a change', () => {
  it('are sealed where they are secret, and nowhere else', async () => {
    const sealed = await rows({ journal: [entry(0), entry(1)], turn: turn(0) }, { journal: [1], turn: false });
    expect(sealed.journal?.map(({ data }) => isSealed(data))).toEqual([false, true]);
    expect(sealed.turn?.answer).toBe('answer 0');
    const answer = await rows({ journal: [entry(0)], turn: turn(0) }, { journal: [], turn: true });
    expect(opened(sealer, answer.turn?.answer ?? '', answerPlace('call-1', 0))).toBe('answer 0');
    expect(answer.journal).toEqual([entry(0)]);
  });

  it('have no journal and no turn where there is none', async () => {
    expect(await rows({}, { journal: [], turn: true })).toEqual({ call: CALL });
    const claimed = { ...turn(0), answer: null };
    expect(await rows({ turn: claimed }, { journal: [], turn: true })).toEqual({ call: CALL, turn: claimed });
  });

  it('erase what is sealed of a call that is over, and leave the rest as it is', async () => {
    const store = createMemoryStore();
    await store.open();
    const first = await rows({ journal: [entry(0), entry(1)], turn: turn(0) }, { journal: [1], turn: true });
    await store.commit(first);
    await store.commit({ call: { ...CALL, revision: 2, turn: 1 }, turn: turn(1) });
    await store.commit({ call: { ...CALL, revision: 3, turn: 2 }, turn: { ...turn(2), answer: null } });
    const last = { call: { ...CALL, revision: 4 }, journal: [entry(2), entry(3)] };
    const { journal, rewrite } = await rows(last, { journal: [3], turn: false }, true, store);
    expect(journal?.map(({ data }) => data.includes('4815'))).toEqual([true, false]);
    expect(rewrite?.journal.map(({ index, data }) => [index, data.includes('4815'), isSealed(data)])).toEqual([[1, false, false]]);
    expect(rewrite?.turns.map((one) => [one.turn, isSealed(one.answer ?? '')])).toEqual([[0, false]]);
    expect('journal' in (await rows({}, null, true, store))).toBe(false);
  });
});
