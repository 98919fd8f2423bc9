import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Effect, Flow } from '../flow/effect.ts';
import { ask } from '../questions/ask/ask.ts';
import { menu } from '../questions/menu/menu.ts';
import { type Answer, play } from '../questions/play.test-support.ts';
import { bridge } from './bridge.ts';
import { capture } from './capture.ts';
import type { Composite } from './composite.ts';
import { hangup } from './hangup.ts';
import { refusal } from './make-effects.test-support.ts';
import { say } from './say.ts';
import { step } from './step.ts';
import { uninterruptible } from './uninterruptible.ts';

const DONE = { result: 1 };
const KEYS = { keys: { back: '*', main: '0' } } as const;
const work = (name: string) => step(name, (): number => 1);

function* paying(): Flow<string> {
  const charged = yield* work('charge');
  yield* work('book');
  return `charged ${charged}`;
}

describe('an uninterruptible block', () => {
  it('gives back what its body returns', () => {
    expect(play(() => paid(uninterruptible(paying)), [DONE, DONE]).result).toBe('charged 1');
    expectTypeOf(uninterruptible(paying)).toEqualTypeOf<Composite<string>>();
    expectTypeOf(uninterruptible(function* () {})).toEqualTypeOf<Composite<void>>();
  });

  it.each<[string, () => Flow<unknown>]>([
    ['by yield*', () => paid(uninterruptible(paying))],
    [
      'by a plain yield',
      function* () {
        return yield uninterruptible(paying);
      },
    ],
    ['in another one', () => paid(uninterruptible(() => paid(uninterruptible(paying))))],
    ['as a function that gives a generator', () => paid(uninterruptible(() => paying()))],
  ])('runs to its end where it has begun, %s', (_how, body) => {
    const then = function* (): Flow {
      yield* body();
      yield* work('wrong');
    };
    expect(play(then, [DONE, 'HANGS UP', DONE]).sites).toEqual(['charge', 'book', 'book', 'closed']);
  });

  it('is begun where it is reached after the end', () => {
    const body = function* (): Flow {
      yield* work('order');
      yield say('Nobody hears this.');
      yield* uninterruptible(paying);
      yield* work('wrong');
    };
    expect(play(body, ['HANGS UP', DONE, DONE, DONE]).sites).toEqual(['order', 'order', 'charge', 'book', 'closed']);
  });

  it('hears nothing after the end: silence, an unknown bridge, what menus and questions do otherwise', () => {
    const heard: unknown[] = [];
    const body = function* (): Flow {
      yield* uninterruptible(function* () {
        heard[0] = yield* capture('One?', { id: 'one' });
        heard[1] = (yield* bridge('+6531580000')).outcome;
        heard[2] = yield* menu('Two?', { 1: 'a' }, { id: 'two', otherwise: 'nobody' });
        heard[3] = yield ask('Three?', { id: 'three', otherwise: () => paying() });
      });
    };
    expect(play(body, ['HANGS UP', DONE, DONE]).sites).toEqual(['one', 'charge', 'book', 'closed']);
    expect(heard).toEqual([null, 'unknown', 'nobody', 'charged 1']);
  });

  it.each<[string, readonly Answer[], readonly string[]]>([
    ['the session', ['1', '1', DONE, 'HANGS UP', DONE], ['top', 'in', 'charge', 'book', 'book', 'closed']],
    ['back, pressed at a question in it', ['1', '*', '1'], ['top', 'in', 'top', 'in']],
  ])('in a branch is ended by its own questions only: %s', (_by, answers, expected) => {
    const body = function* (): Flow {
      yield* menu('Rent 1.', { 1: () => paid(uninterruptible(asking)) }, { id: 'top' });
    };
    function* asking(): Flow<unknown> {
      yield* menu('Sure 1.', { 1: 1 }, { id: 'in' });
      return yield* paying();
    }
    expect(play(body, answers, KEYS).sites).toEqual(expected);
  });

  it('around a menu does not keep a branch that is left from being left, though clean-up in it fails', () => {
    function* leaving(): Flow {
      try {
        try {
          yield* menu('Back?', { 1: 1 }, { id: 'in' });
        } finally {
          yield* work('free');
        }
      } catch {
        yield* work('wrong');
      }
    }
    const body = () => paid(uninterruptible(() => paid(menu('Rent 1.', { 1: leaving }, { id: 'top' }))));
    expect(play(body, ['1', '*', 'FAILS'], KEYS).sites).toEqual(['top', 'in', 'free', 'top']);
  });

  it('is ended by a hang-up of its own, however deep in it that comes', () => {
    function* cleaning(): Flow {
      yield menu('Sure?', { 1: paying }, { id: 'sure', attempts: 1, otherwise: leave });
      yield* work('wrong');
    }
    function* leave(): Flow {
      yield* work('free');
      yield* hangup();
    }
    const body = function* (): Flow {
      try {
        yield* capture('Well?', { id: 'q' });
      } finally {
        yield* uninterruptible(cleaning);
      }
    };
    expect(play(body, ['HANGS UP', DONE]).sites).toEqual(['q', 'free', 'closed']);
  });

  it('hands errors to whoever is around it', () => {
    const body = function* (): Flow<string> {
      try {
        return yield* uninterruptible(paying);
      } catch (error) {
        return (error as Error).name;
      }
    };
    expect(play(body, ['FAILS']).result).toBe('StepFailedError');
  });

  it.each<[string, unknown, string]>([
    ['a generator', paying(), 'Hand over the function'],
    ['an async function', async () => undefined, 'an async function'],
    ['a class', class {}, 'a class'],
    ['nothing', undefined, 'nothing'],
  ])('can not be made of %s', (_what, body, words) => {
    const { code, argument, message } = refusal(() => uninterruptible(body as () => Generator<Effect, void, unknown>));
    expect([code, argument]).toEqual(['HS_EFFECT_ARGUMENT', 'uninterruptible.body']);
    expect(message).toContain(words);
  });

  it('fails at its line where its function gives no generator', () => {
    const body = function* (): Flow {
      yield* uninterruptible((() => 7) as unknown as () => Flow);
    };
    expect(play(body).error).toMatchObject({ code: 'HS_EFFECT_ARGUMENT' });
  });
});

function* paid<R>(effect: Composite<R>): Flow<R> {
  return yield* effect;
}
