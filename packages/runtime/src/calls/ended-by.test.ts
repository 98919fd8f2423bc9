import { bridge, capture, defineFlow, hangup, say } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { Summary } from './input.ts';
import { endedBy } from './ended-by.ts';
import { readState } from './state.ts';
import { World } from './calls.test-support.ts';

const desk = defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS' }, function* () {
  const key = yield* capture('Well?', { id: 'well', maxDigits: 1, completeOnHash: false });
  if (key === '1') yield* bridge('+6531589338', { id: 'clerk' });
  if (key === '2') throw new TypeError('nobody thought of that');
  yield say('Goodbye.');
  yield hangup();
});

/** Who ended a call to the desk in which `keys` were pressed, one a turn. */
async function who(keys: string, summary: Partial<Summary> = {}): Promise<unknown> {
  const world = await World.open([desk]);
  await world.received();
  for (const key of keys) await world.completed(key);
  const during = await world.store.load({ id: 'call-1' });
  expect(during && endedBy(during.call, readState(during.call.state))).toBeNull();
  await world.over(summary);
  const after = await world.store.load({ id: 'call-1' });
  return after && endedBy(after.call, readState(after.call.state));
}

describe('who ended a call', () => {
  it.each<[string, string, string, Partial<Summary>?]>([
    ['at a question', '', 'caller'],
    ['while they were connected', '1', 'bridge'],
    ['before the second party answered', '1', 'caller', { status: 'CANCELED' }],
    ['after the last words', '3', 'flow'],
    ['after a failure of the flow', '2', 'fallback'],
    ['because the platform refused an answer', '', 'platform', { status: 'ERROR', errorCode: -2003 }],
  ])('%s', async (_when, keys, expected, summary) => {
    expect(await who(keys, summary)).toBe(expected);
  });
});
