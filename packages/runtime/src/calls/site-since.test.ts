import { capture, defineFlow, step } from '@hookswitch/dsl';
import { expect, it } from 'vitest';
import { readState } from './state.ts';
import { World } from './calls.test-support.ts';

const twice = defineFlow({ name: 'twice', voice: 'en-US-ZiraRUS' }, function* () {
  while ((yield* capture('Once?', { id: 'once', maxDigits: 1, completeOnHash: false })) !== '1');
  yield* step('note', () => true, { examples: { done: true } });
  yield* capture('Again?', { id: 'again', maxDigits: 1, completeOnHash: false });
});

it('is known since when a call stands at its site, however often it is asked there', async () => {
  const world = await World.open([twice]);
  const begin = world.clock.now();
  const since = async (): Promise<number> => readState((await world.store.load({ id: 'call-1' }))?.call.state ?? '{}').siteSince - begin;
  await world.received();
  await world.clock.advance(7_000);
  await world.completed('5');
  expect(await since()).toBe(0);
  await world.clock.advance(2_000);
  await world.completed('1');
  expect(await since()).toBe(9_000);
  world.restart();
  await world.clock.advance(1_000);
  await world.completed('5');
  expect(await since()).toBe(10_000);
});
