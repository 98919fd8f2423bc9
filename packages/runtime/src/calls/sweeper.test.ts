import { bridge, capture, defineFlow, step, uninterruptible } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { settle } from '../clock.test-support.ts';
import { StoreUnavailableError } from '../errors/store-unavailable-error.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { EndedCall } from './ended-call.ts';
import { sweep, SWEEP_BATCH } from './sweep.ts';
import { alteredStore, unreachable } from './altered-store.test-support.ts';
import { DATA_KEY, deferred, heard, World } from './calls.test-support.ts';

const OTHER_KEY = Buffer.from('another key of thirty-two bytes!').toString('base64');
const IDLE = 2 * 3_600_000;

const question = defineFlow({ name: 'question', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Well?', { id: 'well' });
  yield* capture('Sure?', { id: 'sure' });
});

async function recordOf(world: World, id = 'call-1') {
  return (await world.store.load({ id }))?.call;
}

describe('the sweeper', () => {
  it.each([
    ['two hours', false, 2 * 3_600_000],
    ['a day once a bridge was sent', true, 24 * 3_600_000],
  ])('closes a session without webhooks after %s', async (_what, bridged, patience) => {
    const transfer = defineFlow({ name: 'transfer', voice: 'en-US-ZiraRUS' }, function* () {
      yield* bridge('+6531589338');
    });
    const world = await World.open([bridged ? transfer : question]);
    await world.received();
    await world.clock.advance(patience - 1);
    await world.sweep();
    expect((await recordOf(world))?.status).toBe('live');
    await world.clock.advance(1);
    await world.sweep();
    expect(await recordOf(world)).toMatchObject({ status: 'ended', dueAt: null });
  });

  it('looks after all others when more calls than fit into a round can not be told', async () => {
    const world = await World.open([question], {
      onEnd: (call) => (call.sessionId === 'last' ? Promise.resolve() : Promise.reject(new Error('mail server down'))),
    });
    for (let n = 0; n < SWEEP_BATCH; n++) await world.received({ sessionId: `session-${n}` });
    await world.clock.advance(1);
    await world.received({ sessionId: 'last' });
    await world.clock.advance(IDLE);
    await world.sweep();
    await world.sweep();
    expect(await recordOf(world, `call-${SWEEP_BATCH + 1}`)).toMatchObject({ status: 'ended', dueAt: null });
  });

  it('goes on with steps that another process has left', async () => {
    const never = deferred<string>();
    let runs = 0;
    const slow = defineFlow({ name: 'slow', voice: 'en-US-ZiraRUS' }, function* () {
      const name = yield* step('find', () => (++runs === 1 ? never.promise : 'Ann'), { examples: { ok: 'Ann' } });
      yield* capture(`Are you ${name}?`, { id: 'name' });
    });
    const dead = await World.open([slow]);
    void dead.received();
    await dead.clock.advance(1);
    const world = await World.open([slow], { store: dead.store });
    await world.clock.advance(15_001);
    await world.sweep();
    expect(await recordOf(world)).toMatchObject({ site: 'name', turn: -1 });
    expect(heard(await world.received())).toEqual(['Are you Ann? …']);
    expect(runs).toBe(2);
  });

  it('closes a call whose flow is gone, and tells it', async () => {
    const ended: string[] = [];
    const world = await World.open([question], { onEnd: (call) => Promise.resolve(void ended.push(call.flow)) });
    await world.received();
    await world.completed('1');
    world.restart([defineFlow({ name: 'other', voice: 'en-US-ZiraRUS' }, function* () {})]);
    await world.clock.advance(IDLE);
    await world.sweep();
    expect(await recordOf(world)).toMatchObject({ status: 'failed', dueAt: null });
    expect(ended).toEqual(['question']);
  });

  it('closes a call that can not be read any more when it is over, and no other call waits for it', async () => {
    const pin = defineFlow({ name: 'pin', voice: 'en-US-ZiraRUS' }, function* () {
      yield* capture('PIN?', { id: 'pin', sensitive: true });
      yield* capture('Right?', { id: 'right' });
    });
    const first = await World.open([pin], { dataKeys: DATA_KEY });
    await first.received();
    await first.completed('4815');
    const ended: string[] = [];
    const onEnd = (call: EndedCall) => Promise.resolve(void ended.push(`${call.id}:${call.sessionStatus}`));
    const second = await World.open([pin, question], { store: first.store, dataKeys: OTHER_KEY, onEnd });
    await second.clock.advance(IDLE);
    await second.sweep();
    expect(ended).toEqual(['call-1:IDLE']);
    expect(await recordOf(second)).toMatchObject({ status: 'failed', dueAt: null });
    expect(JSON.stringify(await second.store.load({ id: 'call-1' }))).not.toContain('hs1.');
  });

  it('leaves a call that can not be read here to a server that can, as long as its session may go on', async () => {
    const pin = defineFlow({ name: 'pin', voice: 'en-US-ZiraRUS' }, function* () {
      yield* capture('PIN?', { id: 'pin', sensitive: true });
      yield* step('check', () => new Promise(() => undefined), { examples: { ok: true } });
    });
    const dead = await World.open([pin], { dataKeys: DATA_KEY });
    await dead.received();
    void dead.completed('4815');
    await dead.clock.advance(1);
    const second = await World.open([pin], { store: dead.store, dataKeys: OTHER_KEY });
    await second.clock.advance(20_000);
    await second.sweep();
    expect(second.told.join()).toContain('can not be brought back here');
    expect(await recordOf(second)).toMatchObject({ status: 'live', dueAt: second.clock.now() + 60_000 });
  });

  it('lets no other call wait for a step that it goes on with, or for a hook that hangs', async () => {
    const slow = defineFlow({ name: 'slow', voice: 'en-US-ZiraRUS', examples: { to: ['+6560000001'] } }, function* (call) {
      const wait = step('wait', () => new Promise<string>(() => undefined), { examples: { ok: 'ok' }, timeout: 60_000 });
      if (call.to === '+6560000001') yield* wait;
      yield* capture('Well?', { id: 'well' });
    });
    const told: string[] = [];
    const onEnd = (call: EndedCall) => (told.push(call.sessionId ?? '') === 1 ? new Promise<void>(() => undefined) : Promise.resolve());
    const dead = await World.open([slow]);
    void dead.received({ to: '+6560000001' });
    for (const sessionId of ['one', 'two']) await dead.received({ sessionId });
    await dead.clock.advance(1);
    const world = await World.open([slow], { store: dead.store, onEnd });
    await world.clock.advance(IDLE);
    for (let round = 0; round < 2; round++) await sweep(world.context, world.calls).then(settle);
    expect(told.toSorted()).toEqual(['one', 'two']);
  });

  it('abandons no call because the store was out of reach for a moment', async () => {
    let finished = 0;
    const order = defineFlow({ name: 'order', voice: 'en-US-ZiraRUS' }, function* () {
      try {
        yield* capture('Item?', { id: 'item' });
      } finally {
        yield* uninterruptible(function* () {
          yield* step('finish', () => ++finished, { examples: { ok: 1 } });
        });
      }
    });
    const first = await World.open([order]);
    await first.received();
    const store = failingOnce(first.store);
    const second = await World.open([order], { store });
    await second.clock.advance(IDLE);
    await expect(sweep(second.context, second.calls)).rejects.toMatchObject({ code: 'HS_STORE_UNAVAILABLE' });
    await second.sweep();
    expect(await recordOf(second)).toMatchObject({ status: 'ended', dueAt: null });
    expect(finished).toBe(1);
  });
});

/** A store from which nothing can be loaded the first time. */
function failingOnce(store: Store): Store {
  let failed = false;
  const load: Store['load'] = (key) => {
    if (failed) return store.load(key);
    failed = true;
    const trouble = { store: 'memory', operation: 'load', reason: 'unreachable', outcome: 'unchanged', detail: null } as const;
    return Promise.reject(new StoreUnavailableError(trouble));
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'load') return load;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe('a round of the sweeper', () => {
  /** Two idle calls; a change of the first is answered as `commit` says, and the second is looked after last. */
  async function swept(commit: Store['commit'], others: Partial<Store> = {}) {
    const base = createMemoryStore();
    const isFirst = (id: string): boolean => id === 'call-1';
    const store = alteredStore(base, {
      ...others,
      commit: (change) => (isFirst(change.call.id) && change.call.revision > 1 ? commit(change) : base.commit(change)),
    });
    const world = await World.open([question], { store });
    await world.received();
    await world.received({ sessionId: 'session-2', id: 'call-2' });
    await world.clock.advance(IDLE);
    const round = sweep(world.context, world.calls).then(
      (looked) => looked,
      (error: unknown) => error,
    );
    await world.clock.advance(0);
    return { outcome: await round, second: (await base.load({ id: 'call-2' }))?.call.status };
  }

  it('is no failure where somebody else was faster', async () => {
    expect(await swept(() => Promise.resolve('conflict'))).toEqual({ outcome: false, second: 'ended' });
  });

  it('fails with what failed, once all others were looked after', async () => {
    const failure = unreachable('commit');
    expect(await swept(() => Promise.reject(failure))).toEqual({ outcome: failure, second: 'ended' });
  });

  it('tells of a call that failed and of counters that could not be added to, of both where both have failed', async () => {
    const [ofCall, ofCounts] = [unreachable('commit'), unreachable('foldCounts')];
    const cannotAdd = { foldCounts: () => Promise.reject(ofCounts) };
    const { outcome } = await swept(() => Promise.reject(ofCall), cannotAdd);
    expect(outcome).toMatchObject({ errors: [ofCall, ofCounts] });
    expect((outcome as Error).message).toBe(`${ofCall.message}; ${ofCounts.message}`);
    expect(await swept(() => Promise.resolve('conflict'), cannotAdd)).toEqual({ outcome: ofCounts, second: 'ended' });
  });

  it('tries a call once more, as little as is safe, where it can not be kept as it is, and no more often', async () => {
    let tried = 0;
    const failure = new TypeError('nobody thought of that');
    expect(await swept(() => (tried++, Promise.reject(failure)))).toEqual({ outcome: failure, second: 'ended' });
    expect(tried).toBe(2);
  });
});
