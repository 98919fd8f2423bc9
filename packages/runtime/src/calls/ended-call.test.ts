import { capture, defineFlow, hangup, say } from '@hookswitch/dsl';
import { expect, it } from 'vitest';
import type { EndedCall } from './ended-call.ts';
import type { Summary } from './input.ts';
import { World } from './calls.test-support.ts';

const desk = defineFlow({ name: 'desk', version: '3', voice: 'en-US-ZiraRUS' }, function* () {
  if ((yield* capture('Well?', { id: 'well', maxDigits: 1, completeOnHash: false })) === '2') throw new TypeError('nobody thought of that');
  yield say('Goodbye.');
  yield hangup();
});

/** What `onEnd` is told of a call of 42.6 s in which these keys were pressed. */
async function told(keys: string, summary: Partial<Summary> = {}): Promise<EndedCall | undefined> {
  const calls: EndedCall[] = [];
  const world = await World.open([desk], { onEnd: (call) => Promise.resolve(void calls.push(call)) });
  await world.received();
  for (const key of keys) await world.completed(key);
  await world.clock.advance(42_600);
  await world.over(summary);
  return calls[0];
}

it('tells who called whom, when, how long, where it ended and who ended it, and nothing of how it is kept', async () => {
  const call = await told('');
  expect(call).toEqual({
    ...{ id: 'call-1', subAccountId: 'acme', sessionId: 'session-1', idempotencyKey: 'call-1:end', clientRequestId: null },
    ...{ flow: 'desk', version: '3', direction: 'inbound', from: '+6590000001', to: '+6560000000' },
    ...{ startedAt: call?.startedAt, endedAt: (call?.startedAt ?? 0) + 42_600, duration: 43 },
    ...{ status: 'ended', sessionStatus: 'COMPLETED', endedBy: 'caller', site: 'well', bridge: null, error: null, raw: {} },
    ...{ tags: {}, result: null },
  });
});

it.each<[string, string, Partial<Summary>, object]>([
  ['of the last words', '1', {}, { status: 'ended', endedBy: 'flow', site: 'well', error: null }],
  ['of a flow that threw', '2', {}, { status: 'failed', endedBy: 'fallback', error: { message: 'nobody thought of that' } }],
  [
    'of a callflow that 8x8 refused',
    '',
    { status: 'ERROR', errorCode: -2003 },
    { status: 'failed', sessionStatus: 'ERROR', endedBy: 'platform', site: 'well', error: { code: 'HS_SESSION_ERROR' } },
  ],
])('tells %s', async (_what, keys, summary, expected) => {
  expect(await told(keys, summary)).toMatchObject(expected);
});

it('names no site where the flow never waited', async () => {
  const calls: EndedCall[] = [];
  const closed = defineFlow({ name: 'closed', voice: 'en-US-ZiraRUS' }, function* () {
    yield say('We are closed.');
  });
  const world = await World.open([closed], { onEnd: (call) => Promise.resolve(void calls.push(call)) });
  await world.received();
  await world.over();
  expect(calls).toMatchObject([{ site: null, endedBy: 'flow', status: 'ended' }]);
});
