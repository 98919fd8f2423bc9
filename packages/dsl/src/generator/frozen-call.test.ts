import { describe, expect, it } from 'vitest';
import { sampleCall } from '../chart/sample-calls.ts';
import { capture } from '../effects/capture.ts';
import type { Call } from '../flow/call.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowBody } from '../flow/flow-options.ts';
import { begin } from './replay.ts';

const VOICE = { name: 'polite', voice: 'en-US-ZiraRUS' };

function errorOf(body: FlowBody, change: Partial<Call> = {}): unknown {
  const flow = defineFlow(VOICE, body);
  return begin(flow, { ...sampleCall(flow.options), ...change }).decision.error;
}

describe('a call', () => {
  it.each<[string, (call: Call) => void]>([
    ['itself', (call) => Object.assign(call, { from: null })],
    ['its params', (call) => Object.assign(call.params, { name: 'Bob' })],
    ['what is in them', (call) => (call.params as { visits: number[] }).visits.push(2)],
  ])('can not be changed by its flow: %s', (_what, change) => {
    const body = function* (call: Call) {
      change(call);
      yield* capture('?', { id: 'q' });
    };
    expect(errorOf(body, { params: { visits: [1] } })).toBeInstanceOf(TypeError);
  });

  it('leaves what it was made of as it was', () => {
    const params = { visits: [1] };
    errorOf(function* () {}, { params });
    expect([Object.isFrozen(params), Object.isFrozen(params.visits)]).toEqual([false, false]);
  });
});
