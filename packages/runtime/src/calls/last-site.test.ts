import { bridge, capture, defineFlow, hangup, say, step, uninterruptible } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { uncharted } from '../routing/uncharted.ts';
import { deferred, World } from './calls.test-support.ts';

const voice = 'en-US-ZiraRUS';

const order = defineFlow({ name: 'order', voice }, function* () {
  try {
    const number = yield* capture('Your order?', { id: 'order', maxDigits: 4 });
    const state = yield* step('find', () => (number === '0' ? 'lost' : 'sent'), { examples: { sent: 'sent', lost: 'lost' } });
    if (state === 'lost') throw new TypeError('nobody thought of that');
    yield* bridge('+6531589338', { id: 'clerk' });
    yield hangup();
  } finally {
    yield* uninterruptible(function* () {
      yield* step('note', () => true, { examples: { done: true } });
    });
  }
});

/** Site and last site, as the store has them. */
async function places(world: World) {
  const call = (await world.store.load({ id: 'call-1' }))?.call;
  return [call?.site, call?.lastSite];
}

describe('the last site of a call', () => {
  it('is none of its steps, also where the flow was never explored', async () => {
    const world = await World.open([{ flow: order, chart: uncharted(order) }]);
    await world.received();
    await world.completed('0');
    expect(await places(world)).toEqual(['failed', 'order']);
  });

  it('is the one where its caller hung up', async () => {
    const world = await World.open([order]);
    await world.received();
    expect(await places(world)).toEqual(['order', null]);
    await world.over();
    expect(await places(world)).toEqual(['closed', 'order']);
  });

  it('is a bridge, too, and known when the flow has hung up', async () => {
    const world = await World.open([order]);
    await world.received();
    await world.completed('1234');
    expect(await places(world)).toEqual(['clerk', null]);
    world.restart();
    await world.completed();
    expect(await places(world)).toEqual(['ended', 'clerk']);
    await world.over();
    expect(await places(world)).toEqual(['closed', 'clerk']);
  });

  it('is the one where the caller was heard last, of a flow that fails', async () => {
    const world = await World.open([order]);
    await world.received();
    await world.completed('0');
    expect(await places(world)).toEqual(['failed', 'order']);
  });

  it('is the one before the step at which the caller hung up', async () => {
    const slow = deferred<string>();
    const patient = defineFlow({ name: 'patient', voice }, function* () {
      yield* capture('Well?', { id: 'well' });
      yield* step('wait', () => slow.promise, { examples: { done: 'done' } });
    });
    const world = await World.open([patient]);
    await world.received();
    const answer = world.completed('1');
    await world.clock.advance(10);
    expect(await places(world)).toEqual(['wait', null]);
    const over = world.over();
    slow.resolve('done');
    await Promise.all([answer, over]);
    expect(await places(world)).toEqual(['closed', 'well']);
  });

  it('is none of a call that waited for nobody', async () => {
    const world = await World.open([
      defineFlow({ name: 'hello', voice }, function* () {
        yield say('Hello.');
      }),
    ]);
    await world.received();
    await world.over();
    expect(await places(world)).toEqual(['closed', null]);
  });
});
