import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import type { FlowBody } from '../../flow/flow-options.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

const NUMBER = '+6531589338';
const speaksOn: FlowBody = function* () {
  const { outcome } = yield* bridge(NUMBER, { id: 'agent' });
  if (outcome !== 'answered') yield say('Nobody is free.');
};
const asksOn: FlowBody = function* () {
  yield* bridge(NUMBER, { id: 'agent' });
  yield* key('rating');
};
const worksOn: FlowBody = function* () {
  yield* bridge(NUMBER, { id: 'agent' });
  yield* step('free', () => 1, { examples: { done: 1 } });
};
const ends: FlowBody = function* () {
  yield say('One moment.');
  yield* bridge(NUMBER, { id: 'agent' });
};

const codes = (body: FlowBody, afterBridge?: 'asks' | 'ends' | 'unknown'): readonly string[] =>
  found(body, {}, afterBridge === undefined ? {} : { afterBridge }).filter((entry) => entry.includes('AFTER_BRIDGE'));

describe('what comes after a bridge', () => {
  it.each([
    ['words', speaksOn],
    ['a question', asksOn],
    ['a step', worksOn],
  ])('is nothing that a flow can rely on where the platform ends the session: %s', (_what, body) => {
    expect(codes(body, 'ends')).toEqual([expect.stringMatching(/^error HS_VERIFY_AFTER_BRIDGE agent/)]);
    expect(codes(body, 'unknown')).toEqual([expect.stringMatching(/^warning HS_VERIFY_AFTER_BRIDGE agent/)]);
  });

  it.each([undefined, 'asks'] as const)('is heard where the platform asks on, which is assumed: %s', (afterBridge) => {
    expect([speaksOn, asksOn, worksOn].flatMap((body) => codes(body, afterBridge))).toEqual([]);
  });

  it('is no matter where a flow ends with its bridge', () => {
    expect(codes(ends, 'ends')).toEqual([]);
  });

  it('may be done at the end of the session', () => {
    const body: FlowBody = function* () {
      try {
        yield* bridge(NUMBER, { id: 'agent' });
      } finally {
        yield* step('free', () => 1, { examples: { done: 1 } });
      }
    };
    expect(codes(body, 'ends').length).toBeLessThanOrEqual(1);
  });

  it('says where it is, and what to do', () => {
    const [problem] = problemsOf(speaksOn, {}, { afterBridge: 'unknown' });
    expect(problem?.message).toMatch(/^After the bridge "agent" the flow speaks on, but .*set afterBridge to "asks"\.$/);
  });

  it('is judged by one of three words', () => {
    expect(() => codes(ends, 'never' as 'ends')).toThrow(/afterBridge/);
  });
});
