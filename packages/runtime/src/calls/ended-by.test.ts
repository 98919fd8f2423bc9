import { bridge, capture, defineFlow, hangup, say } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { Summary } from './input.ts';
import { endedBy } from './ended-by.ts';
import type { CallRecord } from '../store/store.ts';
import { type CallState, readState, USUAL_STATE } from './state.ts';
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

describe('who ended a call, by its record', () => {
  const summary = { status: 'COMPLETED', at: 0, errorCode: null, errorMessage: null, bridge: null, raw: null, applied: true, told: true };
  const end = (status: string): Partial<CallState> => ({ summary: { ...summary, status } });
  const OVER = { status: 'ended', endedAt: 1, direction: 'inbound', turn: 1 } as const;
  const PLACED = { ...OVER, direction: 'outbound', turn: 0 } as const;
  const CONNECTED = { outstanding: 'answer', bridged: true } as const;

  it.each<[string, object, Partial<CallState>, string | null]>([
    ['nobody while it lives', { ...OVER, endedAt: null }, end('COMPLETED'), null],
    ['nobody where no end came', OVER, {}, null],
    ['nobody where it was never placed', { ...OVER, status: 'cancelled' }, { ...end('CANCELED'), outstanding: 'end' }, null],
    ['idleness', OVER, { ...end('IDLE'), outstanding: 'end' }, 'idle'],
    ['nobody took it', PLACED, end('NO_ANSWER'), 'unanswered'],
    ['it failed to reach anybody', PLACED, end('FAILED'), 'unanswered'],
    ['an inbound one is never unanswered', { ...PLACED, direction: 'inbound' }, end('BUSY'), 'caller'],
    ['nor one that was talked to', { ...PLACED, turn: 1 }, end('BUSY'), 'caller'],
    ['nor one that ended well', PLACED, end('COMPLETED'), 'caller'],
    ['nor one that was connected', PLACED, { ...end('BUSY'), ...CONNECTED }, 'caller'],
    ['a request', OVER, { ...end('COMPLETED'), outstanding: 'end', endRequested: true }, 'request'],
    ['the platform', OVER, end('FAILED'), 'platform'],
    ['a second party that failed is no failure of the platform', OVER, { ...end('FAILED'), bridged: true }, 'caller'],
    ['the two who were connected', OVER, { ...end('COMPLETED'), ...CONNECTED }, 'bridge'],
    ['the caller, who was no longer connected', OVER, { ...end('COMPLETED'), ...CONNECTED, outstanding: 'speech' }, 'caller'],
    ['the caller, who was asked something after it', OVER, { ...end('COMPLETED'), ...CONNECTED, shortestSilence: 5_000 }, 'caller'],
  ])('%s', (_who, record, state, expected) => {
    expect(endedBy(record as CallRecord, { ...USUAL_STATE, ...state })).toBe(expected);
  });
});
