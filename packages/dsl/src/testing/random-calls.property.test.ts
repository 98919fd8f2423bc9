import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { bridge, BRIDGE_OUTCOMES } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { MODES } from './modes.ts';
import { PHONE_KEYS } from './phone-keys.ts';
import { startCall } from './start-call.ts';
import type { TestCall } from './test-call.ts';

const flow = defineFlow({ name: 'wandering', voice: 'en-US-BenjaminRUS', goodbye: 'Bye.' }, function* () {
  try {
    for (let round = 0; ; round++) {
      const topic = yield* menu(`Round ${round}.`, { 1: 'code', 2: 'agent', '3': 'shop', '*': 'bye' }, { id: 'menu' });
      if (topic === 'bye') break;
      if (topic === 'code') {
        const code = yield* capture('Code?', { id: 'code', minDigits: 2, maxDigits: 4, noOfTries: 2 });
        yield say(`Code: ${code ?? 'none'}.`);
      }
      if (topic === 'agent') yield say((yield* bridge('+6531589338', { id: 'agent' })).outcome);
      if (topic === 'shop') yield say(`${(yield* step('shop', (): number => 0, { examples: { one: 1 } })) * 2}`);
    }
  } finally {
    yield* step('tidy', () => null, { examples: { done: null } });
  }
});

const deed = fc.record({
  keys: fc.array(fc.constantFrom(...PHONE_KEYS), { minLength: 1, maxLength: 5 }).map((keys) => keys.join('')),
  quiet: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
  leaves: fc.integer({ min: 0, max: 29 }).map((die) => die === 0),
  outcome: fc.constantFrom(...BRIDGE_OUTCOMES),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** Does what a phone can do where the call stands; keys that come after the end of a capture are not pressed. */
async function act(call: TestCall, { keys, quiet, leaves, outcome }: Deed): Promise<void> {
  if (leaves) return call.hangUp();
  if (call.position.effect?.kind === 'bridge') return call.bridgeEnds(outcome);
  if (quiet) return call.stayQuiet();
  for (let length = keys.length; length > 0; length--) {
    try {
      return await call.press(keys.slice(0, length));
    } catch (error) {
      if ((error as { code?: string }).code !== 'HS_TEST_NOTHING_LISTENS') throw error;
    }
  }
}

describe('every call', () => {
  test.prop([fc.array(deed, { maxLength: 20 })], { numRuns: 40 })(
    'sounds the same live, replayed and restored at each turn',
    async (deeds) => {
      const calls: TestCall[] = [];
      for (const mode of MODES) {
        let shops = 0;
        const call = await startCall(flow, { mode, steps: { shop: () => shops++, tidy: null } });
        calls.push(call);
        for (const one of deeds) if (!call.ended) await act(call, one);
      }
      const [live, ...others] = calls.map(({ transcript, journal, sent, now }) => ({ transcript, journal, sent, now }));
      for (const other of others) expect(other).toEqual(live);
    },
  );
});
