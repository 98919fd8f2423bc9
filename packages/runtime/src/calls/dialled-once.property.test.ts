import { fc, test } from '@fast-check/vitest';
import { bridge, type CallflowResponse, capture, decline, defineFlow, type FlowModule, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import { decodeActionId } from './reply/answers.ts';
import type { Vca } from './input.ts';
import { heard, World, type WorldOptions } from './calls.test-support.ts';

const [CALLEE, AGENT, OPERATOR] = ['+6590000001', '+6531589338', '+6560000009'];

/** Says, asks, looks up, connects, asks again: everything between which a call may be lost. */
function flowOf(version: string, fails: boolean, declines = false): FlowModule {
  return defineFlow({ name: 'reminder', version, voice: 'en-US-ZiraRUS' }, function* (call) {
    if (declines && call.direction === 'outbound') yield* decline('opted out');
    yield say('Hello.');
    yield* capture('Coming?', { id: 'coming' });
    yield* step('look-up', () => new Promise((resolve) => setImmediate(resolve, 'ok')), { examples: { ok: 'ok' } });
    yield* bridge(AGENT, { id: 'agent' });
    yield* capture('Well?', { id: 'well' });
    if (fails) throw new TypeError('no');
    yield say('Goodbye.');
  });
}

/** One webhook, and what goes wrong around it. */
interface Mishap {
  readonly isDown: boolean;
  readonly isTwice: boolean;
  readonly isRestarted: boolean;
  /** It reaches a server that does not have the call's version yet. */
  readonly isBehind: boolean;
  readonly digits: string | null;
}

const mishap: fc.Arbitrary<Mishap> = fc.record({
  isDown: fc.boolean(),
  isTwice: fc.boolean(),
  isRestarted: fc.boolean(),
  isBehind: fc.boolean(),
  digits: fc.constantFrom('1', null),
});
const FINE: Mishap = { isDown: false, isTwice: false, isRestarted: false, isBehind: false, digits: '1' };
const DOWN: Mishap = { ...FINE, isDown: true };

interface Trial {
  readonly direction: 'inbound' | 'outbound';
  readonly delivery: 'callflow' | 'action';
  readonly transfers: boolean;
  readonly fails: boolean;
  /** Its flow declines to call. */
  readonly declines?: boolean;
  readonly mishaps: readonly Mishap[];
}

/** The platform's side of one call: runs what it is answered, and counts whom it dials. */
async function dialled({ direction, delivery, transfers, fails, declines = false, mishaps }: Trial): Promise<string[]> {
  const store = Object.assign(createMemoryStore(), { shared: true });
  const fallback = transfers ? { text: 'Sorry.', transferTo: OPERATOR } : { text: 'Sorry.' };
  const options: WorldOptions = { store, settings: { delivery, fallback, maxRetries: 2 } };
  const [flow, old] = [flowOf('2', fails, declines), flowOf('1', fails, declines)];
  const ahead = await World.open([flow], options);
  const behind = await World.open([old], options);
  const dials: string[] = [];
  const run = ({ callflow }: Pick<CallflowResponse, 'callflow'>): boolean => {
    for (const action of callflow) if (action.action === 'makeCall') dials.push(action.params.destination);
    return callflow.at(-1)?.action !== 'hangup';
  };
  const parties = { direction, ...(direction === 'outbound' ? { from: '6560000000', to: CALLEE.slice(1) } : {}) } as const;
  const ask = async (change: Partial<Vca>, { isDown, isTwice, isRestarted, isBehind }: Mishap): Promise<CallflowResponse> => {
    const world = isBehind ? behind : ahead;
    if (isRestarted) world.restart();
    if (isDown) await store.close();
    const event = ahead.event({ ...parties, ...change });
    const answers = [world.deliver(event), ...(isTwice ? [ahead.deliver(event)] : [])];
    for (const other of [ahead, behind]) await other.clock.advance(10_000);
    const [first] = await Promise.all(answers);
    if (isDown) await store.open();
    return JSON.parse(first?.body ?? '') as CallflowResponse;
  };
  let answer: CallflowResponse;
  if (direction === 'outbound') {
    const compiled = ahead.context.flows.find('reminder', '2');
    if (compiled === null) throw new TypeError('no such flow');
    answer = { callflow: [] };
    await ahead.place({ subAccountId: 'acme', compiled, from: '+6560000000', to: CALLEE }, (request) => {
      answer = { callflow: request.callflow };
      return Promise.resolve({ sessionId: 'session-1', sessionStatus: 'CREATED', callFlowRequestId: null, validUntil: null, warnings: [] });
    });
    // There is no session of which a webhook could come.
    for (const { isRestarted } of declines ? mishaps : []) {
      if (isRestarted) ahead.restart();
      await ahead.clock.advance(600_000);
    }
    if (declines) return answer.callflow.length === 0 ? [] : [CALLEE];
  } else answer = await ask({ status: 'received' }, FINE);
  for (const each of [...mishaps, FINE, FINE, FINE]) {
    if (!run(answer)) break;
    answer = await ask({ echo: decodeActionId(answer.clientActionId ?? null), digits: each.digits }, each);
  }
  return dials;
}

describe('whatever goes wrong, nobody is dialled twice in a call', () => {
  const trial: fc.Arbitrary<Trial> = fc.record({
    direction: fc.constantFrom('inbound', 'outbound'),
    delivery: fc.constantFrom('callflow', 'action'),
    transfers: fc.boolean(),
    fails: fc.boolean(),
    mishaps: fc.array(mishap, { minLength: 3, maxLength: 14 }),
  });
  const usual: Trial = { direction: 'outbound', delivery: 'callflow', transfers: true, fails: false, mishaps: [] };

  test.prop([trial], {
    numRuns: 150,
    examples: [
      [{ ...usual, mishaps: [DOWN] }],
      [{ ...usual, delivery: 'action', mishaps: [DOWN, FINE] }],
      [{ ...usual, mishaps: [FINE, DOWN, FINE, FINE] }],
      [{ ...usual, direction: 'inbound', mishaps: [FINE, DOWN, FINE, FINE] }],
      [{ ...usual, direction: 'inbound', mishaps: Array.from({ length: 12 }, () => DOWN) }],
      [{ ...usual, fails: true, mishaps: [FINE, FINE, FINE, DOWN, DOWN, DOWN, DOWN, DOWN] }],
      [{ ...usual, mishaps: Array.from({ length: 8 }, () => ({ ...FINE, isBehind: true })) }],
    ],
  })('neither the callee nor an agent nor the operator of the fallback', async (given) => {
    const dials = await dialled(given);
    expect(dials).toEqual([...new Set(dials)]);
  });

  test.prop([trial], { numRuns: 50 })('nobody at all where the flow declines', async (given) => {
    expect(await dialled({ ...given, direction: 'outbound', declines: true })).toEqual([]);
  });

  it('what was said to the callee is said again, and the call goes on', async () => {
    const world = await World.open([flowOf('1', false)]);
    const compiled = world.context.flows.find('reminder', '1');
    if (compiled === null) throw new TypeError('no such flow');
    await world.place({ subAccountId: 'acme', compiled, from: '+6560000000', to: CALLEE }, () =>
      Promise.resolve({ sessionId: 'session-1', sessionStatus: 'CREATED', callFlowRequestId: null, validUntil: null, warnings: [] }),
    );
    await world.store.close();
    await world.completed('1', { direction: 'outbound', from: '6560000000', to: CALLEE.slice(1) });
    await world.store.open();
    expect(heard(await world.completed())).toEqual(['Hello.', 'Coming? …']);
    expect(heard(await world.completed('1'))).toEqual([`☎ ${AGENT}`]);
  });
});
