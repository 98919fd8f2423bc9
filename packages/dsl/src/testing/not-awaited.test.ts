import { describe, expect, it } from 'vitest';
import { waitFor } from '../effects/wait-for.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { NotAwaitedError } from './errors/not-awaited-error.ts';
import { startCall } from './start-call.ts';
import { steps, support } from './support-flow.test-support.ts';
import type { TestCall } from './test-call.ts';
import './vitest.ts';

const paying = defineFlow({ name: 'paying', voice: 'v' }, function* () {
  yield* waitFor('paid', { examples: { ok: null } });
});

const MOVES: Record<string, (call: TestCall) => Promise<void>> = {
  press: (call) => call.press('1'),
  stayQuiet: (call) => call.stayQuiet(),
  wait: (call) => call.wait(1_000),
  signal: (call) => call.signal('paid'),
  bridgeEnds: (call) => call.bridgeEnds('busy'),
  hangUp: (call) => call.hangUp(),
};
const MATCHERS: Record<string, (received: unknown, not: boolean) => void> = {
  toHear: (received, not) => (not ? expect(received).not : expect(received)).toHear('Hello'),
  toHaveHeard: (received, not) => (not ? expect(received).not : expect(received)).toHaveHeard('Welcome'),
  toBeAt: (received, not) => (not ? expect(received).not : expect(received)).toBeAt('account'),
  toHaveBridgedTo: (received, not) => (not ? expect(received).not : expect(received)).toHaveBridgedTo('+6531589338'),
  toHaveEnded: (received, not) => (not ? expect(received).not : expect(received)).toHaveEnded(),
  toHaveBeenDeclined: (received, not) => (not ? expect(received).not : expect(received)).toHaveBeenDeclined(),
  toHaveTag: (received, not) => (not ? expect(received).not : expect(received)).toHaveTag({ plan: 'a' }),
  toHaveResult: (received, not) => (not ? expect(received).not : expect(received)).toHaveResult(1),
  toHaveSent: (received, not) => (not ? expect(received).not : expect(received)).toHaveSent({ action: 'hangup' }),
};
const table = Object.keys(MOVES).flatMap((move) => Object.keys(MATCHERS).map((matcher) => [move, matcher] as const));

async function ready(move: string): Promise<TestCall> {
  if (move === 'signal') return startCall(paying);
  const call = await startCall(support, { steps });
  if (move !== 'bridgeEnds') return call;
  await call.press('12#');
  await call.press('2');
  return call;
}

describe('a forgotten await', () => {
  it.each(table)('before %s is reported by %s, also with not', async (move, matcher) => {
    const call = await ready(move);
    const going = MOVES[move]?.(call);
    for (const not of [false, true]) {
      const matching = () => MATCHERS[matcher]?.(call, not);
      expect(matching).toThrow(NotAwaitedError);
      expect(matching).toThrow(`expect(call).${matcher}: ${move} is still going on; write: await call.${move}(…).`);
    }
    await going;
    expect(call.pending).toBeNull();
  });

  it.each(Object.keys(MATCHERS))('before startCall is reported by %s, whatever comes of the call', (matcher) => {
    for (const call of [startCall(support), startCall(support, { from: 'nobody' })])
      expect(() => MATCHERS[matcher]?.(call, false)).toThrow(`expect(call).${matcher}: expected what startCall resolves to; got a promise`);
  });

  it('is none where the stub of a step looks at the call', async () => {
    const seen: unknown[] = [];
    const find = () => {
      expect(call).toHaveHeard('Welcome');
      seen.push(call.pending);
      return null;
    };
    const call: TestCall = await startCall(support, { steps: { 'find-customer': find } });
    await call.press('12#');
    expect([seen, call.site]).toEqual([[null], 'main']);
  });

  it('covers every action of a call', async () => {
    const call = await ready('press');
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(call)).filter(
      (name) => typeof Object.getOwnPropertyDescriptor(Object.getPrototypeOf(call), name)?.value === 'function',
    );
    expect(methods.filter((name) => name !== 'constructor' && name !== 'toString').sort()).toEqual(Object.keys(MOVES).sort());
  });
});
