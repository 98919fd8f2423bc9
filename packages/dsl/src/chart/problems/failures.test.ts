import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { capture } from '../../effects/capture.ts';
import { step } from '../../effects/step.ts';
import { menu } from '../../questions/menu/menu.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

const visit = () => step('visit', () => 1, { examples: { done: 1 } });

describe('a flow that throws', () => {
  it('is found with the line that throws, and the keys that lead there', () => {
    const [problem] = problemsOf(function* () {
      if ((yield* key('main')) === '4') throw new TypeError('no four');
    });
    expect(problem).toMatchObject({ code: 'HS_VERIFY_FLOW_THROWS', severity: 'error', site: 'main', path: ['4'] });
    expect(problem?.message).toContain('TypeError: no four');
    expect(problem?.source).toMatch(/failures\.test\.ts:\d+:\d+$/);
  });

  it('is told of with its message where the error is of another realm', () => {
    const [problem] = problemsOf(function* () {
      yield* key('main');
      throw runInNewContext("new TypeError('from elsewhere')");
    });
    expect(problem).toMatchObject({
      code: 'HS_VERIFY_FLOW_THROWS',
      message: expect.stringContaining('throws TypeError: from elsewhere') as string,
    });
  });

  it('is found when it throws while it cleans up', () => {
    const body = function* () {
      try {
        yield* key('main');
      } finally {
        Object.hasOwn(null as never, 'nothing');
      }
    };
    expect(found(body)).toEqual(['error HS_VERIFY_FLOW_THROWS main [1]']);
  });

  it('is found when it throws before its first wait', () => {
    const body = function* () {
      throw new RangeError('early');
    };
    expect(found(body)).toEqual(['error HS_VERIFY_FLOW_THROWS idle []']);
  });

  it('is found when a call that comes in has none of the params of those that are placed', () => {
    const body = function* ({ params }: { readonly params: { readonly name?: string } }) {
      yield* capture(`Hello ${(params.name as string).trim()}.`, { id: 'hello', maxDigits: 1 });
    };
    expect(found(body, { examples: { params: [{ name: 'Ann' }] } })).toEqual(['error HS_VERIFY_FLOW_THROWS idle []']);
  });

  it('is found when it throws nothing at all', () => {
    const body = function* () {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the test is about
      throw undefined;
    };
    expect(found(body)).toEqual(['error HS_VERIFY_FLOW_THROWS idle []']);
  });

  it('is none where an answer that never comes is answered by the goodbye', () => {
    const body = function* () {
      yield* menu('One.', { 1: 'one' }, { id: 'main' });
    };
    expect(found(body)).toEqual([]);
  });
});

describe('the failure of a step', () => {
  it('is a warning where nobody catches it', () => {
    const body = function* () {
      yield* visit();
    };
    expect(found(body)).toEqual(['warning HS_VERIFY_STEP_UNCAUGHT visit [fails]']);
  });

  it('is none where it is caught, or has a result of its own', () => {
    const body = function* () {
      yield* step('one', () => 1, { examples: { done: 1 }, onError: () => 0 });
      try {
        yield* visit();
      } catch {}
    };
    expect(found(body)).toEqual([]);
  });
});
