import { capture, defineFlow, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Commit, Store } from '../store/store.ts';
import { DATA_KEY, deferred, heard, World } from './calls.test-support.ts';

/** A store that lets `before` look at each commit, and wait, before it is made. */
function watched(before: (change: Commit) => Promise<void>): Store {
  const store = createMemoryStore();
  const commit: Store['commit'] = async (change) => {
    await before(change);
    return store.commit(change);
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'commit') return commit;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** A store in which commit number `slow` (from 1) waits until it is let through. */
function slowStore(slow: number): { readonly store: Store; readonly letThrough: () => void } {
  const gate = deferred<void>();
  let commits = 0;
  return { store: watched(() => (++commits === slow ? gate.promise : Promise.resolve())), letThrough: () => gate.resolve() };
}

const desk = (run: () => unknown) =>
  defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
    yield* capture('Account?', { id: 'account' });
    const name = yield* step('find', run, { examples: { found: 'Ann' }, timeout: 60_000 });
    yield* capture(`Hello ${String(name)}. More?`, { id: 'more' });
  });

describe('a store that takes its time', () => {
  it('makes no hold of a batch that is finished by the time it is due', async () => {
    // The third commit keeps the step's result.
    const { store, letThrough } = slowStore(3);
    const world = await World.open([desk(() => 'Ann')], { store });
    await world.received();
    const answer = world.completed('7');
    await world.clock.advance(world.context.settings.budget);
    letThrough();
    expect(heard(await answer)).toEqual(['Hello Ann. More? …']);
  });

  it('keeps nobody waiting for longer than one and a half budgets, and what it saves then is the answer', async () => {
    const { store, letThrough } = slowStore(3);
    const world = await World.open([desk(() => 'Ann')], { store });
    await world.received();
    const answer = world.completed('7');
    await world.clock.advance(1.5 * world.context.settings.budget);
    expect((await answer).clientActionId).toBe('retry.1.1');
    expect(world.told).toContain('store failed');
    letThrough();
    expect(heard(await world.completed())).toEqual(['Hello Ann. More? …']);
  });

  it('lets nobody be asked again for an answer on which steps run already', async () => {
    const { store, letThrough } = slowStore(2);
    const found = deferred<string>();
    const world = await World.open([desk(() => found.promise)], { store });
    await world.received();
    const answer = world.completed('7');
    await world.clock.advance(1.5 * world.context.settings.budget);
    expect((await answer).clientActionId).toBe('retry.1.1');
    letThrough();
    const again = world.completed();
    await world.clock.advance(world.context.settings.budget);
    expect(heard(await again)).toEqual(['One moment, please. …']);
    found.resolve('Ann');
    expect(heard(await world.completed())).toEqual(['Hello Ann. More? …']);
  });
});

describe('the commit that completes a call', () => {
  it('erases what is sensitive, so that no crash comes between', async () => {
    const completing: Commit[] = [];
    const store = watched((change) => {
      if (change.call.status === 'ended') completing.push(change);
      return Promise.resolve();
    });
    const pin = defineFlow({ name: 'pin', voice: 'en-US-ZiraRUS' }, function* () {
      yield* capture('PIN?', { id: 'pin', sensitive: true });
      yield* capture('More?', { id: 'more' });
    });
    const world = await World.open([pin], { store, dataKeys: DATA_KEY });
    await world.received();
    await world.completed('7');
    await world.over();
    expect(completing[0]?.rewrite?.journal).toHaveLength(1);
    expect(completing[0]?.rewrite?.turns.length).toBeGreaterThan(0);
  });
});

describe('a session that two processes begin at once', () => {
  it('keeps a summary that came while the session was lost to another process, which ends it', async () => {
    const { store, letThrough } = slowStore(1);
    const loser = await World.open([desk(() => 'Ann')], { store, ids: 'loser' });
    const answering = loser.received();
    await loser.clock.advance(0);
    const winner = await World.open([desk(() => 'Ann')], { store, ids: 'winner' });
    await winner.received();
    const over = loser.over();
    letThrough();
    expect(await over).toBe('stored');
    await answering;
    expect((await store.list({})).calls).toMatchObject([{ id: 'winner-1', status: 'ended', dueAt: null }]);
  });
});
