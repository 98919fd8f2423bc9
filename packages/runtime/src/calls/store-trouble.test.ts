import { capture, defineFlow, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { CallRecord, Store } from '../store/store.ts';
import { alteredStore, unreachable } from './altered-store.test-support.ts';
import { deferred, heard, World } from './calls.test-support.ts';
import { Calls } from './calls.ts';
import { readState } from './state.ts';

const desk = (run: () => unknown) =>
  defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
    yield* capture('Account?', { id: 'account' });
    const name = yield* step('find', run, { examples: { found: 'Ann' }, retries: 0, timeout: 100_000 });
    yield* capture(`Hello ${String(name)}. More?`, { id: 'more' });
    yield say('Goodbye.');
  });

/** A store of several servers, of which `broken` operations can't be reached. */
function flaky(broken: Set<keyof Store>, store = createMemoryStore()): Store {
  const shared = Object.assign(store, { shared: true });
  const failing = (['load', 'commit'] as const).map((name) => [
    name,
    (...given: readonly unknown[]) =>
      broken.has(name) ? Promise.reject(unreachable(name)) : (shared[name] as (...given: readonly unknown[]) => Promise<unknown>)(...given),
  ]);
  return alteredStore(shared, Object.fromEntries(failing) as Partial<Store>);
}

async function recordOf(world: World): Promise<CallRecord | undefined> {
  return (await world.store.load({ id: 'call-1' }))?.call;
}

describe('what a step came to, while the store is out of reach', () => {
  it('is saved as soon as it is back', async () => {
    const broken = new Set<keyof Store>();
    const found = deferred<string>();
    const world = await World.open([desk(() => found.promise)], { store: flaky(broken) });
    await world.received();
    const answer = world.completed('7');
    await world.clock.advance(100);
    broken.add('commit');
    found.resolve('Ann');
    await world.clock.advance(2_000);
    expect(world.told.filter((one) => one === 'store failed')).toHaveLength(5);
    broken.clear();
    await world.clock.advance(500);
    expect(heard(await answer)).toEqual(['Hello Ann. More? …']);
  });

  it('is left to whoever takes over after half a minute, with a warning', async () => {
    const broken = new Set<keyof Store>();
    const found = deferred<string>();
    const world = await World.open([desk(() => found.promise)], { store: flaky(broken) });
    await world.received();
    void world.completed('7');
    await world.clock.advance(100);
    broken.add('commit').add('load');
    found.resolve('Ann');
    await world.clock.advance(29_000);
    expect(world.told.join()).not.toContain('left to whoever takes over');
    await world.clock.advance(2_000);
    expect(world.told).toContainEqual(expect.stringMatching(/^warned: what a step came to was left to whoever takes over: /));
    broken.clear();
    await world.sweep();
    expect(await recordOf(world)).toMatchObject({ site: 'more' });
  });
});

describe('what onEnd came to, while the store is out of reach', () => {
  it('is left to whoever takes over after a while, with a warning', async () => {
    const broken = new Set<keyof Store>();
    const onEnd = () => (broken.add('commit').add('load'), Promise.resolve());
    const world = await World.open([desk(() => 'Ann')], { store: flaky(broken), onEnd });
    await world.received();
    void world.over();
    await world.clock.advance(40_000);
    expect(world.told).toContainEqual(expect.stringMatching(/^warned: that onEnd was called was left to whoever takes over: /));
  });
});

describe('a turn that waits for a step of another server', () => {
  it('gets its answer though some looks into the store fail', async () => {
    const broken = new Set<keyof Store>();
    const found = deferred<string>();
    const store = flaky(broken);
    const one = await World.open([desk(() => found.promise)], { store });
    await one.received();
    const asked = one.event({ echo: { kind: 'turn', turn: 0 }, digits: '7' });
    void one.deliver(asked);
    await one.clock.advance(0);
    const other = await World.open([desk(() => 'nobody')], { store });
    const answer = other.deliver(asked);
    await other.clock.advance(100);
    broken.add('load');
    await other.clock.advance(300);
    broken.clear();
    found.resolve('Ann');
    await one.clock.advance(0);
    await other.clock.advance(200);
    expect(heard(JSON.parse((await answer).body) as never)).toEqual(['Hello Ann. More? …']);
    expect(other.told).toEqual(['duplicate']);
  });
});

describe('a call that is placed', () => {
  it('is no longer waited for when the store is out of reach for half a minute', async () => {
    const broken = new Set<keyof Store>();
    const world = await World.open([desk(() => 'Ann')], { store: flaky(broken), settings: { hotCalls: 0 } });
    const compiled = world.context.flows.find('desk', '1');
    if (compiled === null) throw new TypeError('no such flow');
    const request = { subAccountId: 'acme', compiled, from: '+6560000000', to: '+6590000001' };
    let failure: unknown = null;
    void world.place(request, () => new Promise(() => undefined)).catch((error: unknown) => (failure = error));
    await world.clock.advance(0);
    broken.add('load');
    await world.clock.advance(29_000);
    expect(failure).toBeNull();
    await world.clock.advance(4_000);
    expect(failure).toMatchObject({ code: 'HS_STORE_UNAVAILABLE' });
  });
});

describe('an answer that is not there', () => {
  it('of a call that goes on is a failure, and the caller hears the fallback', async () => {
    const store = alteredStore(createMemoryStore(), { turn: () => Promise.resolve(null) });
    const world = await World.open([desk(() => 'Ann')], { store });
    await world.received();
    await world.completed('7');
    world.restart();
    expect(heard(await world.send({ echo: { kind: 'turn', turn: 0 }, digits: '7' })).at(-1)).toBe('⏹');
    expect(world.told).toContain('fallback:internal');
  });
});

describe('whatever the store has of a call,', () => {
  it('its caller is not transferred twice', async () => {
    const world = await World.open([desk(() => 'Ann')]);
    await world.received();
    expect(heard(await world.completed(null, { echo: { kind: 'transferred' } }))).toEqual(['⏹']);
    await world.store.close();
    expect(heard(await world.completed(null, { echo: { kind: 'transferred' } }))).toEqual(['⏹']);
  });
});

describe('a step that takes longer than its lease', () => {
  it('has its lease renewed for as long as it runs, and no longer', async () => {
    let looks = 0;
    const base = Object.assign(createMemoryStore(), { shared: true });
    const store = alteredStore(base, { load: (key) => (looks++, base.load(key)) });
    const found = deferred<string>();
    const world = await World.open([desk(() => found.promise)], { store, settings: { hotCalls: 0 } });
    await world.received();
    const answer = world.completed('7');
    await world.clock.advance(4 * world.context.settings.lease);
    await answer;
    const { lease } = readState((await recordOf(world))?.state ?? '{}');
    expect(lease?.until).toBeGreaterThan(world.clock.now());
    found.resolve('Ann');
    await world.clock.advance(0);
    looks = 0;
    await world.clock.advance(4 * world.context.settings.lease);
    expect(looks).toBe(0);
  });

  it('goes on under a new lease where it is taken over by the very server that runs it', async () => {
    let begun = 0;
    const found = deferred<string>();
    const store = Object.assign(createMemoryStore(), { shared: true });
    const flow = desk(() => (begun++, found.promise));
    const world = await World.open([flow], { store });
    await world.received();
    void world.completed('7');
    await world.clock.advance(0);
    // Its clock stands still meanwhile, and another server takes over, and dies.
    const other = await World.open([flow], { store });
    await other.clock.advance(2 * other.context.settings.lease);
    void other.sweep();
    await other.clock.advance(0);
    await world.clock.advance(6 * world.context.settings.lease);
    void world.sweep();
    await world.clock.advance(0);
    expect(begun).toBe(2);
    found.resolve('Ann');
    await world.clock.advance(0);
    expect(await recordOf(world)).toMatchObject({ site: 'more' });
  });
});

describe('whoever watches calls', () => {
  it('is given each as it was committed', async () => {
    const world = await World.open([desk(() => 'Ann')]);
    const sites: string[] = [];
    world.calls = new Calls({ ...world.context, watchers: new Set([({ site }: CallRecord) => void sites.push(site)]) });
    await world.received();
    await world.completed('7');
    expect(sites).toEqual(['account', 'find', 'more']);
  });
});
