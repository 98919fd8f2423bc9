import { capture, defineFlow } from '@hookswitch/dsl';
import { expect, it } from 'vitest';
import { StoreUnavailableError } from '../errors/store-unavailable-error.ts';
import { Sessions } from './sessions.ts';
import { World } from './session.test-support.ts';

const FLOW = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Name?', { id: 'name' });
});
const DOWN = new StoreUnavailableError({ store: 'memory', operation: 'timeline', reason: 'closed', outcome: 'unchanged', detail: null });

/** A call that has begun; the look for a summary that came before it fails with `error`. Gives the sessions, and how often it was looked. */
async function begunWhere(error: Error) {
  const world = await World.open([FLOW]);
  let looks = 0;
  const earlySummary = () => {
    looks++;
    return Promise.reject(error);
  };
  const sessions = new Sessions({ ...world.context, earlySummary });
  await sessions.callAction(world.event({ status: 'received' }));
  return { sessions, looks: () => looks };
}

it('a new call is looked at again for an early summary when the store could not be asked', async () => {
  const { sessions, looks } = await begunWhere(DOWN);
  await expect(sessions.endBegun()).rejects.toBe(DOWN);
  await expect(sessions.endBegun()).rejects.toBe(DOWN);
  expect(looks()).toBe(2);
});

it('a new call whose early summary can not be used is told of once', async () => {
  const broken = new RangeError('no summary');
  const { sessions, looks } = await begunWhere(broken);
  await expect(sessions.endBegun()).rejects.toBe(broken);
  await sessions.endBegun();
  expect(looks()).toBe(1);
});
