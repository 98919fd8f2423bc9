import { describe, expect, it } from 'vitest';
import { sampleCall } from '../chart/sample-calls.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Effect, Flow } from '../flow/effect.ts';
import { menu } from '../questions/menu/menu.ts';
import { begin } from './replay.ts';

function* part(): Flow {
  yield say('Hi.');
}

const decisionOf = (body: () => Generator<Effect, unknown, unknown>) => {
  const flow = defineFlow({ name: 'wrong', voice: 'en-US-ZiraRUS' }, body);
  return begin(flow, sampleCall(flow.options)).decision;
};

describe('what is not an effect', () => {
  it.each<[string, unknown, string]>([
    ['a text', 'Hi.', 'yielded a value of type string; yield effects such as say(…)'],
    ['nothing', undefined, 'yielded a value of type undefined'],
    ['null', null, 'yielded null'],
    ['a promise', Promise.resolve(1), "yielded a promise; wrap the asynchronous work in step('name', () => …)"],
    ['a generator', part(), 'yielded a generator; write yield* instead of yield'],
    ['a generator function', part, 'yielded the function part; call it, and write yield* if it is a generator function'],
    ['a maker that was not called', say, 'yielded the function say; call it'],
    ['a list', [say('Hi.')], 'yielded a list; yield its effects one by one'],
  ])('is an error at its line that says what to write: %s', (_what, value, words) => {
    const { wait, error } = decisionOf(function* () {
      yield value as Effect;
    });
    expect([wait, (error as Error).name]).toEqual(['failed', 'YieldError']);
    expect((error as Error).message).toContain(`Flow "wrong" ${words}`);
  });

  it('is told of after a `yield*` too, to which JavaScript has no way to throw', () => {
    const { error } = decisionOf(function* () {
      yield* 'Hi.' as unknown as Iterable<Effect>;
    });
    expect(error).toMatchObject({ code: 'HS_YIELD' });
  });

  it('can be caught by the flow, which goes on', () => {
    const caught: unknown[] = [];
    const { wait, site } = decisionOf(function* () {
      try {
        yield 'Hi.' as unknown as Effect;
      } catch (error) {
        caught.push((error as Error).name);
      }
      yield* capture('?', { id: 'q' });
    });
    expect([caught, wait, site]).toEqual([['YieldError'], 'platform', 'q']);
  });
});

describe('effects', () => {
  it('may be yielded out of a list, one by one', () => {
    const { actions } = decisionOf(function* () {
      yield* [say('One.'), say('Two.')];
    });
    expect(actions.map(({ action }) => action)).toEqual(['say', 'say', 'hangup']);
  });

  it('of a composed one come where it is yielded plainly', () => {
    const { site } = decisionOf(function* () {
      yield menu('One.', { 1: 'one' }, { id: 'main' });
    });
    expect(site).toBe('main');
  });
});
