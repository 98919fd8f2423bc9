import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../../../test/support/postgres.ts';
import { aCall, aTurn, entries, insert, next, NOON } from '../contract/call.ts';
import type { CallRecord, Store } from '../store.ts';
import { createPostgresStore } from './postgres-store.ts';

let postgres: TestPostgres;
let admin: pg.Client;
let store: Store;

beforeAll(async () => {
  postgres = await startPostgres();
  admin = new pg.Client(postgres.connectionString);
  await admin.connect();
});

beforeEach(async () => {
  store = createPostgresStore({ connectionString: postgres.connectionString, statementTimeout: 20_000 });
  await store.open();
});

afterEach(() => store.close());

afterAll(async () => {
  await admin.end();
  await postgres.stop();
});

const someCalls = (): Promise<CallRecord[]> => Promise.all(Array.from({ length: 5 }, () => insert(store)));

describe('changes of many calls that arrive together', () => {
  it('conflict each for itself', async () => {
    const [first, ...others] = (await someCalls()) as [CallRecord, ...CallRecord[]];
    await store.commit({ call: next(first) });
    const outcomes = await Promise.all([first, ...others].map((call) => store.commit({ call: next(call), turn: aTurn(0) })));
    expect(outcomes).toEqual(['conflict', 'committed', 'committed', 'committed', 'committed']);
    expect(await store.turns(first.id)).toEqual([]);
  });

  it('are not disturbed by one that takes another call\u2019s session', async () => {
    const [first, second, ...others] = (await someCalls()) as [CallRecord, CallRecord, ...CallRecord[]];
    const taking = next(second, { sessionId: first.sessionId });
    const outcomes = await Promise.all([taking, ...others.map((call) => next(call))].map((call) => store.commit({ call })));
    expect(outcomes).toEqual(['conflict', 'committed', 'committed', 'committed']);
  });

  it('insert a session once', async () => {
    const calls = Array.from({ length: 3 }, () => aCall({ sessionId: 'the-same' }));
    const outcomes = await Promise.all(calls.map((call) => store.commit({ call })));
    expect(outcomes.sort()).toEqual(['committed', 'conflict', 'conflict']);
  });

  it('keep their order where they are of one call', async () => {
    const call = await insert(store);
    const steps = [1, 2, 3].reduce<CallRecord[]>((all, length) => [...all, next(all.at(-1) ?? call, { journalLength: length })], []);
    const outcomes = [];
    for (const step of steps) outcomes.push(await store.commit({ call: step, journal: entries(step.journalLength - 1, 'x') }));
    expect(outcomes).toEqual(['committed', 'committed', 'committed']);
    expect((await store.load({ id: call.id }))?.journal).toHaveLength(3);
  });

  it('do not wait for a call whose row somebody has locked; that one is changed once it is free', async () => {
    const [locked, ...others] = (await someCalls()) as [CallRecord, ...CallRecord[]];
    await admin.query('BEGIN');
    await admin.query('SELECT FROM hookswitch.calls WHERE id = $1 FOR UPDATE', [locked.id]);
    const waiting = store.commit({ call: next(locked) });
    const noting = store.touch(locked.id, NOON + 1, NOON + 2);
    expect(await Promise.all(others.map((call) => store.commit({ call: next(call) })))).toEqual(others.map(() => 'committed'));
    await Promise.all(others.map(({ id }) => store.touch(id, NOON + 1, NOON + 2)));
    await admin.query('COMMIT');
    expect(await waiting).toBe('committed');
    await noting;
    expect((await store.load({ id: locked.id }))?.call).toMatchObject({ revision: 2 });
  });

  it('are all done when the store closes', async () => {
    const calls = Array.from({ length: 200 }, () => aCall());
    const committing = Promise.all(calls.map((call) => store.commit({ call })));
    await store.close();
    expect(new Set(await committing)).toEqual(new Set(['committed']));
    await store.open();
  });
});

describe('calls that are asked for together', () => {
  it('are each found by their own key, and the unknown ones are not', async () => {
    const calls = await Promise.all(
      [0, 1, 2].map((length) => insert(store, { journalLength: length }, { journal: entries(0, ...'ab'.slice(0, length)) })),
    );
    const found = await Promise.all([...calls.map(({ id }) => ({ id })), { id: 'nobody' }].map((key) => store.load(key)));
    expect(found.map((one) => one && [one.call.id, one.journal.length])).toEqual([...calls.map(({ id }, length) => [id, length]), null]);
    const bySession = await Promise.all(
      calls.map(({ subAccountId, sessionId }) => store.load({ subAccountId, sessionId: sessionId ?? '' })),
    );
    expect(bySession.map((one) => one?.call.id)).toEqual(calls.map(({ id }) => id));
  });

  it('have each their own timeline, in order', async () => {
    const calls = await someCalls();
    await Promise.all(
      calls.map(({ id }) =>
        store.append(
          id,
          ['first', 'second'].map((kind) => ({ at: NOON, kind, data: id })),
        ),
      ),
    );
    const lines = await Promise.all([...calls.map(({ id }) => id), 'nobody'].map((id) => store.timeline(id)));
    expect(lines).toEqual([...calls.map(({ id }) => ['first', 'second'].map((kind) => ({ at: NOON, kind, data: id }))), []]);
  });
});
