import { capture, defineFlow, type FlowModule, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { settle } from '../clock.test-support.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import { heard, World } from './calls.test-support.ts';
import { sweep } from './sweep.ts';

/** A flow whose step never comes back in the first process, and at once in the next. */
function lookup(): { readonly flow: FlowModule; readonly keys: string[] } {
  const keys: string[] = [];
  const flow = defineFlow({ name: 'lookup', voice: 'en-US-ZiraRUS' }, function* () {
    const account = yield* capture('Account?', { id: 'account' });
    const run = ({ idempotencyKey }: { readonly idempotencyKey: string }) =>
      keys.push(idempotencyKey) === 1 ? new Promise<string>(() => undefined) : 'Ann';
    const name = yield* step('find', run, { examples: { found: 'Ann' }, timeout: 60_000 });
    const more = yield* capture(`Hello ${name}. More?`, { id: 'more' });
    yield say(`${account ?? '-'} and ${more ?? '-'}.`);
  });
  return { flow, keys };
}

describe('a process that dies in the middle of a step', () => {
  it('leaves it to the sweeper of another, and the webhook that comes again answers nothing twice', async () => {
    const { flow, keys } = lookup();
    const dying = await World.open([flow]);
    await dying.received();
    const asked = dying.event({ echo: { kind: 'turn', turn: 0 }, digits: '7' });
    void dying.deliver(asked);
    await dying.clock.advance(100);
    // From here on the clock of the first process stands still, and with it all that it would do.
    const world = await World.open([flow], { store: dying.store });
    await world.clock.advance(2 * world.context.settings.lease);
    await world.sweep();
    const { body } = await world.deliver(asked);
    expect(heard(JSON.parse(body))).toEqual(['Hello Ann. More? …']);
    expect(heard(await world.send({ echo: { kind: 'turn', turn: 1 }, digits: '9' }))).toEqual(['7 and 9.', '⏹']);
    expect(new Set(keys).size).toBe(1);
  });

  it('leaves it to one that had the call long ago, and takes it for no session that is over', async () => {
    const { flow } = lookup();
    const other = await World.open([flow]);
    await other.received();
    const dying = await World.open([flow], { store: other.store });
    await dying.clock.advance(other.context.settings.idle);
    void dying.deliver(dying.event({ echo: { kind: 'turn', turn: 0 }, digits: '7' }));
    await dying.clock.advance(100);
    await other.clock.advance(other.context.settings.idle + 2 * other.context.settings.lease);
    await other.sweep();
    expect((await other.store.list({})).calls).toMatchObject([{ status: 'live', site: 'more' }]);
  });
});

describe('a step that is left by whoever runs it', () => {
  it('keeps its idempotency key when it is taken over after the end of the session', async () => {
    const { flow, keys } = lookup();
    const store = Object.assign(createMemoryStore(), { shared: true });
    const dying = await World.open([flow], { store });
    await dying.received();
    void dying.completed('7');
    await dying.clock.advance(100);
    const world = await World.open([flow], { store });
    await world.over();
    await world.clock.advance(40_000);
    await world.sweep();
    expect(keys).toEqual(['call-1:1', 'call-1:1']);
    expect((await store.load({ id: 'call-1' }))?.call).toMatchObject({ status: 'ended', dueAt: null });
  });

  it('is begun no more than four times, and has failed then', async () => {
    let begun = 0;
    const flow = defineFlow({ name: 'deadly', voice: 'en-US-ZiraRUS' }, function* () {
      const find = step('find', () => (begun++, new Promise<string>(() => undefined)), { examples: { ok: 'Ann' }, timeout: 300_000 });
      yield* capture(`Hello ${yield* find}?`, { id: 'name' });
    });
    const first = await World.open([flow]);
    void first.received();
    await first.clock.advance(1);
    let world = first;
    for (let process = 1; process <= 4; process++) {
      world = await World.open([flow], { store: first.store });
      await world.clock.advance(process * 60_000);
      await sweep(world.context, world.calls);
      await settle();
    }
    expect(begun).toBe(4);
    expect(heard(await world.received()).at(-1)).toBe('⏹');
    expect(world.told.join()).toContain('flow failed: StepFailedError: Step "find" failed: StepLeftError');
  });
});
