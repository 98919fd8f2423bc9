import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ConsoleWorld, TOKEN } from './console.test-support.ts';
import { defineFlow, capture } from '@hookswitch/dsl';

const flow = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* capture('Press any key.', { id: 'key' });
});
const CALLER = '+6591178965';

let world: ConsoleWorld;
afterEach(() => world.app.close());

/** How many calls a search finds, by the console's list and by the API's. */
async function hits(number: string): Promise<readonly number[]> {
  const found = ['/console/api/calls', '/calls'].map(async (path) => {
    const url = `${path}?${new URLSearchParams({ number })}`;
    const answer = await world.app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } });
    return answer.json<{ calls?: unknown[] }>().calls?.length ?? 0;
  });
  return Promise.all(found);
}

describe('a search for a number', () => {
  it('finds no part of one that is masked, however long the part is', async () => {
    world = await ConsoleWorld.open(flow);
    await world.received('session-1', { source: CALLER });
    const digits = CALLER.slice(1);
    const parts = fc.tuple(fc.nat({ max: digits.length - 1 }), fc.integer({ min: 1, max: digits.length }));
    await fc.assert(
      fc.asyncProperty(parts, async ([from, length]) => {
        const part = digits.slice(from, from + length);
        expect(await hits(part)).toEqual(part === digits ? [1, 1] : [0, 0]);
      }),
    );
  });

  it('finds a whole one, with its sign or without', async () => {
    world = await ConsoleWorld.open(flow);
    await world.received('session-1', { source: CALLER });
    expect([await hits(CALLER), await hits(CALLER.slice(1))]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('says why a part of a masked one is not looked for', async () => {
    world = await ConsoleWorld.open(flow);
    for (const path of ['/console/api/calls', '/calls']) {
      const answer = await world.app.inject({ url: `${path}?number=9117`, headers: { authorization: `Bearer ${TOKEN}` } });
      expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([400, expect.stringContaining('Numbers are masked')]);
    }
  });

  it('finds parts where numbers are shown', async () => {
    world = await ConsoleWorld.open(flow, { showNumbers: true });
    await world.received('session-1', { source: CALLER });
    expect(await hits('1178')).toEqual([1, 1]);
  });
});
