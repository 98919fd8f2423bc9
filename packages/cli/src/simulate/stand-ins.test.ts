import { compile, defineFlow, say, step, type Step } from '@hookswitch/dsl';
import { randomFrom } from '@hookswitch/simulator';
import { describe, expect, it } from 'vitest';
import { type Drawing, standIns } from './stand-ins.ts';

const NIGHT = '2026-01-05T15:00:00Z';
const flow = defineFlow({ name: 'stands', voice: 'en-US-BenjaminRUS', examples: { at: [NIGHT] } }, function* () {
  yield say('Hello.');
});
const compiled = compile(flow);
const of = (drawing: Partial<Drawing> = {}) =>
  standIns(compiled, { seed: '7', salt: 'one', realSteps: false, failingSteps: 0, ...drawing }, randomFrom);
const who = step('who', () => 'Zoe', { examples: { ann: 'Ann', bob: 'Bob' } }) as Step<unknown>;

/** What a step comes to in many calls. */
const outcomes = (drawing: Partial<Drawing> = {}, effect = who) =>
  Array.from({ length: 40 }, (_, session) => {
    const rehearsal = of(drawing);
    const id = rehearsal.callId({ sessionId: `session-${session}`, to: '+6560000000' });
    return rehearsal.outcomeOf(effect, { idempotencyKey: `${id}:3` });
  });

describe('stand-ins', () => {
  it('give the examples of a step, the same for the same call whatever store it is kept in', () => {
    expect(new Set(outcomes().map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['{"ok":true,"value":"Ann"}', '{"ok":true,"value":"Bob"}']),
    );
    expect(outcomes({ salt: 'two' })).toEqual(outcomes());
    expect(outcomes({ seed: '8' })).not.toEqual(outcomes());
  });

  it('give nothing for a step without examples, and leave real steps alone', () => {
    expect(outcomes({}, step('save', () => 1) as Step<unknown>)[0]).toEqual({ ok: true });
    expect(outcomes({ realSteps: true })[0]).toBeNull();
  });

  it('fail as often as they are asked to', () => {
    expect(outcomes({ failingSteps: 1 }).every((outcome) => outcome?.ok === false)).toBe(true);
  });

  it('tell the time at which the flow is explored, or one of its examples', () => {
    const rehearsal = of();
    const times = Array.from({ length: 40 }, (_, call) => rehearsal.timeOf(rehearsal.callId({ sessionId: null, to: `+65${call}` })));
    expect(new Set(times)).toEqual(new Set([compiled.chart.arrows[0]?.witness.call.startedAt, Date.parse(NIGHT)]));
  });

  it('give calls other ids in another simulation', () => {
    const call = { sessionId: 's', to: '+6560000000' };
    expect(of().callId(call)).toBe(of().callId(call));
    expect(of({ salt: 'two' }).callId(call)).not.toBe(of().callId(call));
  });
});
