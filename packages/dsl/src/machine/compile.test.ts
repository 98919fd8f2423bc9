import { describe, expect, it } from 'vitest';
import { sampleCall } from '../chart/sample-calls.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { compile } from './compile.ts';

const flow = defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Welcome.');
  const pin = yield* capture('Enter your PIN', { id: 'pin', maxDigits: 4 });
  const customer = yield* step('find', () => ({ name: 'Ann' }), { examples: { found: { name: 'Ann' } } });
  yield say(`Hello ${customer.name}, ${pin ?? 'nobody'}`);
});

describe('compile', () => {
  it('answers a call turn by turn', () => {
    const compiled = compile(flow);
    const started = compiled.start(sampleCall(flow.options));
    expect(started.site).toBe('pin');
    expect(started.actions.map(({ action }) => action)).toEqual(['say', 'sayAndCapture']);
    const stepping = compiled.next(started, { type: 'ACTION_COMPLETED', at: 1, answer: '1234' });
    expect(stepping.stepKey).toBe('sample:1');
    const ended = compiled.next(stepping, { type: 'STEP_SETTLED', at: 2, outcome: { ok: true, value: { name: 'Ann' } } });
    expect(ended.wait).toBe('ended');
    expect(ended.actions).toHaveLength(2);
    const closed = compiled.next(ended, { type: 'SESSION_ENDED', at: 3 });
    expect(closed.wait).toBe('closed');
    expect(compiled.chart.arrows.map(({ from, label, to }) => `${from} -${label}-> ${to}`)).toMatchInlineSnapshot(`
      [
        "idle --> pin",
        "pin -1234-> find",
        "pin -1-> find",
        "pin -#-> find",
        "pin -silence-> find",
        "pin -hang-up-> closed",
        "find -found-> ended",
        "find -fails-> failed",
        "find -hang-up, found-> closed",
        "find -hang-up, fails-> closed",
        "ended -hang-up-> closed",
        "failed -hang-up-> closed",
      ]
    `);
  });
});
