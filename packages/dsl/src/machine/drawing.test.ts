import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { toMermaid } from '../chart/mermaid.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import { toStately } from '../chart/stately.ts';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { menu } from '../questions/menu/menu.ts';
import { compile } from './compile.ts';
import type { FlowContext } from './decider.ts';
import type { FlowMachineEvent } from './events.ts';

const support = defineFlow({ name: 'support', voice: 'en-US-ZiraRUS' }, function* () {
  const topic = yield* menu('Billing: 1; "agent": 2.', { 1: 'billing', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
  if (topic === 'agent') return;
  const name = yield* step('find', () => 'Ann', { examples: { found: 'Ann' } });
  yield say(`Hello ${name}.`);
  yield* capture('Anything else?', { id: 'else', maxDigits: 1 });
});
const compiled = compile(support);
const CALL = sampleCall(support.options);

describe('a drawing of the chart', () => {
  it('is Mermaid text with one line per state and per pair of states', () => {
    expect(toMermaid(compiled.chart)).toMatchInlineSnapshot(`
      "stateDiagram-v2
        s0 : main (capture) Billing#58; 1#59; #34;agent#34;#58; 2.
        s1 : find (step)
        s2 : else (capture) Hello Ann. Anything else?
        s3 : ended
        s4 : failed
        [*] --> s0
        s0 --> s1 : 1
        s0 --> s3 : 2, no match, silence
        s0 --> s0 : no match, silence
        s1 --> s2 : found
        s1 --> s4 : fails
        s2 --> s3 : 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, *, #35;, silence
      "
    `);
  });

  it("is a configuration that XState and Stately's tools read", () => {
    const drawn = createMachine(JSON.parse(JSON.stringify(toStately(compiled.chart))) as Parameters<typeof createMachine>[0]);
    const actor = createActor(drawn).start();
    for (const type of ['CALL_STARTED', '1', 'found']) actor.send({ type });
    expect(actor.getSnapshot().value).toBe('else');
  });

  it('knows the shortest list of keys to each site', () => {
    expect(compiled.chart.pathTo('else')).toEqual(['1', 'found']);
    expect(compiled.chart.pathTo('nowhere')).toBeNull();
  });
});

describe('the machine', () => {
  it('runs by itself: events in, steps performed, the end reached', async () => {
    const actor = createActor(compiled.machine).start();
    actor.send({ type: 'CALL_STARTED', call: CALL });
    actor.send({ type: 'ACTION_COMPLETED', at: 1, answer: '1' });
    expect(actor.getSnapshot().value).toBe('find');
    await new Promise<void>((resolve) => actor.subscribe(({ value }) => void (value === 'else' && resolve())));
    actor.send({ type: 'ACTION_COMPLETED', at: 2, answer: '9' });
    actor.send({ type: 'SESSION_ENDED', at: 3 });
    expect(actor.getSnapshot().value).toBe('closed');
  });

  it('goes over a bridge by itself, and tidies up when the session ends there', async () => {
    const released: string[] = [];
    const transfer = defineFlow({ name: 'transfer', voice: 'en-US-ZiraRUS' }, function* () {
      let how = 'nobody asked';
      try {
        how = (yield* bridge('+6531589338', { id: 'agent' })).outcome;
        yield* bridge('+6531589339', { id: 'other' });
      } finally {
        yield* step('release', () => void released.push(how), { examples: { done: undefined } });
      }
    });
    const actor = createActor(compile(transfer).machine).start();
    actor.send({ type: 'CALL_STARTED', call: CALL });
    actor.send({ type: 'ACTION_COMPLETED', at: 1, answer: { outcome: 'busy', sipCode: 486, duration: null } });
    expect(actor.getSnapshot().value).toBe('other');
    actor.send({ type: 'SESSION_ENDED', at: 2 });
    await new Promise<void>((resolve) => actor.subscribe(({ value }) => void (value === 'closed' && resolve())));
    expect(released).toEqual(['busy']);
  });

  it('aborts a running step when the session ends, and waits for its outcome', async () => {
    const signals: AbortSignal[] = [];
    let settle: (value: number) => void = () => undefined;
    const slow = defineFlow({ name: 'slow', voice: 'en-US-ZiraRUS' }, function* () {
      yield* step('wait', ({ signal }) => (signals.push(signal), new Promise<number>((resolve) => (settle = resolve))), {
        examples: { done: 1 },
      });
    });
    const actor = createActor(compile(slow).machine).start();
    actor.send({ type: 'CALL_STARTED', call: CALL });
    actor.send({ type: 'SESSION_ENDED', at: 1 });
    expect([signals[0]?.aborted, actor.getSnapshot().value]).toEqual([true, 'wait']);
    settle(1);
    await new Promise<void>((resolve) => actor.subscribe(({ value }) => void (value === 'closed' && resolve())));
  });

  it('shows its transitions to inspect', () => {
    const seen: string[] = [];
    const actor = createActor(compiled.machine, {
      inspect: (event) => void (event.type === '@xstate.event' && seen.push(event.event.type)),
    }).start();
    actor.send({ type: 'CALL_STARTED', call: CALL });
    expect(seen).toContain('CALL_STARTED');
  });

  it('is walked by xstate/graph with snapshots told apart by value', () => {
    const events: FlowMachineEvent[] = [
      { type: 'CALL_STARTED', call: CALL },
      ...['1', '2', null].map((answer) => ({ type: 'ACTION_COMPLETED' as const, at: 1, answer })),
    ];
    const paths = getShortestPaths(compiled.machine, {
      events: events as never,
      serializeState: (snapshot) => JSON.stringify([snapshot.value, (snapshot.context as FlowContext).journal]),
      limit: 200,
    });
    expect(new Set(paths.map(({ state }) => JSON.stringify(state.value)))).toEqual(new Set(['"idle"', '"main"', '"find"', '"ended"']));
  });

  it('has a definition that is JSON', () => {
    const definition = JSON.parse(JSON.stringify(compiled.machine.definition)) as { states: object };
    expect(Object.keys(definition.states)).toEqual(
      expect.arrayContaining(['idle', 'main', 'find', 'else', 'uncharted', 'ended', 'failed', 'closed']),
    );
  });
});
