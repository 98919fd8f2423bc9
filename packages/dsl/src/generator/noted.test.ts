import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { hangup } from '../effects/hangup.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { tags } from '../effects/tags.ts';
import { uninterruptible } from '../effects/uninterruptible.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Flow } from '../flow/effect.ts';
import { compile, type CompiledFlow, type Position } from '../machine/compile.ts';
import { menu } from '../questions/menu/menu.ts';
import type { FlowEvent } from '../machine/events.ts';

const labels = tags({ reason: ['billing', 'agent'], amount: 'number', plan: 'text' });
const options = { name: 'noted', voice: 'en-US-ZiraRUS', tags: labels };
const KEY: FlowEvent = { type: 'ACTION_COMPLETED', at: 1, answer: '1' };
const END: FlowEvent = { type: 'SESSION_ENDED', at: 2 };
const answered = (answer: string): FlowEvent => ({ type: 'ACTION_COMPLETED', at: 1, answer });
const settled = (value: unknown): FlowEvent => ({ type: 'STEP_SETTLED', at: 1, outcome: { ok: true, value } });

/** Plays events on a flow; at each position the call is restored from its journal, too, and must stand there in the same way. */
function play(body: () => Flow<unknown>, ...events: readonly FlowEvent[]): Position {
  const compiled = compile(defineFlow(options, body)) as CompiledFlow;
  const call = sampleCall(compiled.flow.options);
  let position = compiled.start(call);
  for (const event of [null, ...events]) {
    if (event !== null) position = compiled.next(position, event);
    const entries = JSON.parse(JSON.stringify(position.journal)) as never[];
    const { tags: restored, result } = compiled.restore(call, entries, position.site);
    if (position.wait !== 'failed') expect({ tags: restored, result }).toEqual({ tags: position.tags, result: position.result });
  }
  return position;
}

describe('tags of a call', () => {
  it('are set on the way to a wait, the last value of each wins', () => {
    const body = function* (): Flow<void> {
      yield labels.set({ reason: 'billing', amount: 1 });
      yield* labels.set({ amount: 2 });
      yield* capture('?');
      yield labels.set({ reason: 'agent' });
    };
    expect(play(body).tags).toEqual({ reason: 'billing', amount: 2 });
    expect(play(body, KEY).tags).toEqual({ reason: 'agent', amount: 2 });
    expect(Object.isFrozen(play(body).tags)).toBe(true);
  });

  it('are set in helpers, in blocks, and while a flow is ended', () => {
    const helper = function* (): Flow<void> {
      yield labels.set({ plan: 'gold' });
    };
    const body = function* (): Flow<void> {
      try {
        yield* helper();
        yield* capture('?');
      } finally {
        yield* labels.set({ reason: 'agent' });
        yield* uninterruptible(function* () {
          yield labels.set({ amount: yield* step('count', () => 7) });
        });
      }
    };
    expect(play(body, END, settled(7))).toMatchObject({ wait: 'closed', tags: { plan: 'gold', reason: 'agent', amount: 7 } });
  });

  it('of an effect that was made for another flow are refused where it is yielded', () => {
    const foreign = tags({ reason: ['billing'] }).set({ reason: 'billing' });
    const position = play(function* () {
      yield foreign;
    });
    expect(position).toMatchObject({ wait: 'failed', error: { code: 'HS_TAG_FOREIGN' }, tags: {} });
  });

  it.each<[string, () => Flow<void>, FlowEvent]>([
    [
      'what was keyed in at a sensitive site',
      function* () {
        const pin = yield* capture('PIN?', { id: 'pin', sensitive: true });
        yield labels.set({ plan: `pin ${pin}` });
      },
      answered('4815'),
    ],
    [
      'the same as a number',
      function* () {
        const pin = yield* capture('PIN?', { id: 'pin', sensitive: true });
        yield labels.set({ amount: Number(pin) });
      },
      answered('4815'),
    ],
    [
      'what a sensitive step gave',
      function* () {
        const customer = yield* step('find', () => ({ name: 'Ann Lee' }), { sensitive: true });
        yield labels.set({ plan: customer.name });
      },
      settled({ name: 'Ann Lee' }),
    ],
  ])('refuse at the line %s', (_, body, event) => {
    expect(play(body, event)).toMatchObject({ wait: 'failed', error: { code: 'HS_TAG_SENSITIVE' }, tags: {} });
  });

  it('may be caught, where they are refused', () => {
    const body = function* (): Flow<string> {
      try {
        yield labels.set({ plan: (yield* capture('PIN?', { id: 'pin', sensitive: true })) ?? '' });
      } catch {
        yield labels.set({ plan: 'refused' });
      }
      return 'went on';
    };
    expect(play(body, answered('4815'))).toMatchObject({ tags: { plan: 'refused' }, result: 'went on' });
  });

  it('choose from a list whatever was keyed in', () => {
    const body = function* (): Flow<void> {
      const pin = yield* capture('PIN?', { id: 'pin', sensitive: true });
      yield labels.set({ reason: pin === 'billing' ? 'agent' : 'billing' });
    };
    expect(play(body, answered('billing')).tags).toEqual({ reason: 'agent' });
  });
});

describe('the result of a call', () => {
  it('is what the flow returns, and stays so once the session has ended', () => {
    const body = function* (): Flow<object> {
      yield* capture('?');
      return { paid: true, amount: -0, left: undefined };
    };
    expect(play(body).result).toBeNull();
    expect(play(body, KEY)).toMatchObject({ wait: 'ended', result: { paid: true, amount: 0 } });
    expect(play(body, KEY, END)).toMatchObject({ wait: 'closed', result: { paid: true, amount: 0 } });
  });

  const thrown = function* (): Flow<string> {
    yield* step('count', () => 1);
    throw new TypeError('no');
  };
  const none: readonly [string, () => Flow<unknown>, readonly FlowEvent[]][] = [
    ['returns nothing', function* () {}, []],
    [
      'is cut short by the caller',
      function* () {
        yield* capture('?');
        return 1;
      },
      [END],
    ],
    [
      'hangs up',
      function* () {
        yield hangup();
        return 1;
      },
      [END],
    ],
    ['throws', thrown, [settled(1), END]],
    [
      'has thrown, with blocks that gave something',
      function* () {
        yield uninterruptible(function* () {
          return 5;
        });
        throw new TypeError('no');
      },
      [END],
    ],
    [
      'says goodbye',
      function* () {
        yield* capture('?');
        yield say('Bye.');
      },
      [KEY, END],
    ],
  ];
  it.each(none)('is null where the flow %s', (_, body, events) => {
    expect(play(body, ...events)).toMatchObject({ result: null, resultError: null });
  });

  it('is none of what the goodbye of a flow returns', () => {
    const goodbye = function* (): Flow<string> {
      yield say('Bye.');
      return 'no result';
    };
    const compiled = compile(
      defineFlow({ ...options, goodbye }, function* () {
        return yield* menu('?', { 1: 'one' }, { id: 'main', attempts: 1 });
      }),
    );
    const start = compiled.start(sampleCall(compiled.flow.options));
    const silent = compiled.next(start, { type: 'ACTION_COMPLETED', at: 1, answer: null });
    expect(silent).toMatchObject({ wait: 'ended', result: null, actions: [{ params: { text: 'Bye.' } }, { action: 'hangup' }] });
    expect(compiled.next(start, KEY)).toMatchObject({ wait: 'ended', result: 'one' });
  });

  it('is what a flow returns that goes on when its session ends at a bridge', () => {
    const body = function* (): Flow<string> {
      return (yield* bridge('+6531589338')).outcome;
    };
    expect(play(body, { ...END, bridge: { outcome: 'busy', sipCode: 486, duration: null } })).toMatchObject({
      wait: 'closed',
      result: 'busy',
    });
  });

  it('is what a `finally` returns in place of what was cut short', () => {
    const body = function* (): Flow<string> {
      try {
        yield* capture('?');
        return 'answered';
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- that is the point
        return 'left';
      }
    };
    expect(play(body, END).result).toBe('left');
  });

  it.each<[string, unknown, string]>([
    ['a date', { born: new Date(0) }, '$.born'],
    ['NaN', [NaN], '$[0]'],
    ['a function', () => 1, '$'],
    ['a promise', Promise.resolve(1), '$'],
    ['what is nested too deeply', Array.from({ length: 200 }).reduce<unknown>((inner) => [inner], 1), '$'],
    ['too much', 'x'.repeat(65_536), '$'],
  ])('is none where the flow returns %s: the call ends as it would', (_, value, path) => {
    const position = play(function* () {
      yield say('Bye.');
      return value;
    });
    expect(position).toMatchObject({ wait: 'ended', error: null, result: null, resultError: { code: 'HS_FLOW_RESULT', path } });
    expect(position.actions.map(({ action }) => action)).toEqual(['say', 'hangup']);
  });
});

it('types the result, and refuses what is no JSON', () => {
  const compiled = compile(
    defineFlow({ name: 'typed', voice: 'v' }, function* (call) {
      yield say(call.id);
      return { paid: true };
    }),
  );
  const result: { readonly paid: boolean } | null = compiled.start(sampleCall(compiled.flow.options)).result;
  expect(result).toEqual({ paid: true });
  const never = (): void => {
    // @ts-expect-error: a date is no JSON
    defineFlow({ name: 'typed', voice: 'v' }, function* () {
      yield say('a');
      return new Date();
    });
  };
  expect(never).toBeTypeOf('function');
});
