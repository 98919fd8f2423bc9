import { describe, expect, it } from 'vitest';
import { capture } from '../effects/capture.ts';
import { step } from '../effects/step.ts';
import { menu } from '../questions/menu/menu.ts';
import { play } from '../questions/play.test-support.ts';
import type { Flow } from './effect.ts';
import { subflow } from './subflow.ts';

const KEYS = { keys: { back: '*', main: '0' } } as const;
const pin = subflow('pin', function* (digits: number) {
  return yield* capture('PIN?', { id: 'enter', maxDigits: digits });
});

describe('a sub-flow', () => {
  it('hands over arguments and result, and prefixes its sites', () => {
    const { sites, result } = play(
      function* () {
        const entered = yield* pin(4);
        yield* capture('More?', { id: 'more' });
        return entered;
      },
      ['1234', '1'],
    );
    expect(sites).toEqual(['pin/enter', 'more', 'ended']);
    expect(result).toBe('1234');
  });

  it('carries the path of those around it', () => {
    const outer = subflow('outer', function* () {
      yield* pin(4);
      yield* capture('More?', { id: 'more' });
    });
    expect(play(() => outer(), ['1', '1']).sites).toEqual(['outer/pin/enter', 'outer/more', 'ended']);
  });

  it('that calls itself keeps one name', () => {
    const again = subflow('again', function* (times: number): Flow {
      yield* capture('Again?', { id: 'again' });
      if (times > 1) yield* again(times - 1);
    });
    expect(play(() => again(3), ['1', '1']).sites).toEqual(['again/again', 'again/again', 'again/again']);
  });

  it('gives its path back after an error', () => {
    const failing = subflow('failing', function* (): Flow {
      yield* capture('Fail?', { id: 'fail' });
      throw new RangeError('failed');
    });
    const { site } = play(
      function* () {
        try {
          yield* failing();
        } catch {
          yield* capture('Sorry?', { id: 'sorry' });
        }
      },
      ['1'],
    );
    expect(site).toBe('sorry');
  });
});

describe('sub-flows and branches', () => {
  const sales = subflow('sales', function* () {
    return yield* menu('Cars 1.', { 1: 'cars' }, { id: 'main' });
  });
  function* bikes() {
    return yield* menu('Red 1.', { 1: 'red' }, { id: 'colour' });
  }
  const deep = subflow('deep', function* () {
    return yield* menu('Bikes 1.', { 1: subflow('bikes', bikes) }, { id: 'main' });
  });
  const top = function* () {
    const chosen = yield* menu('Sales 1, deep 2.', { 1: sales, 2: deep }, { id: 'top' });
    yield* capture('More?', { id: 'more' });
    return chosen;
  };

  it('carry the path down and give it back', () => {
    expect(play(top, ['2', '1', '1'], KEYS).sites).toEqual(['top', 'deep/main', 'deep/bikes/colour', 'more']);
  });

  it('give it back where the caller goes back, or to the main menu', () => {
    expect(play(top, ['2', '1', '*', '1', '0', '2'], KEYS).sites).toEqual([
      'top',
      'deep/main',
      'deep/bikes/colour',
      'deep/main',
      'deep/bikes/colour',
      'top',
      'deep/main',
    ]);
  });

  it('keep count of open branches', () => {
    expect(play(top, ['2', '1'], KEYS)).toMatchObject({ path: ['deep', 'bikes'], branches: 2 });
    expect(play(top, ['2', '1', '*'], KEYS)).toMatchObject({ path: ['deep'], branches: 1 });
    expect(play(top, ['2', '1', '0'], KEYS)).toMatchObject({ path: [], branches: 0 });
    expect(play(top, ['2', '1', '1'], KEYS)).toMatchObject({ path: [], branches: 0 });
  });

  it('name the sites of finally blocks by where they stand', () => {
    const renting = subflow('renting', function* () {
      try {
        yield* pin(4);
        yield* menu('Red 1.', { 1: 'red' }, { id: 'colour' });
      } finally {
        yield* step('release', () => 1);
      }
    });
    const flow = function* () {
      yield* menu('Rent 1.', { 1: renting }, { id: 'top' });
    };
    expect(play(flow, ['1', '1234', '*', { result: 1 }], KEYS).sites).toEqual([
      'top',
      'renting/pin/enter',
      'renting/colour',
      'renting/release',
      'top',
    ]);
  });
});

describe('a sub-flow that can never work', () => {
  const loose = subflow as unknown as (name: unknown, body: unknown) => unknown;

  it.each<[unknown, unknown, RegExp]>([
    ['my sales', function* () {}, /subflow: name must be/],
    ['sales', () => undefined, /Sub-flow "sales": its body must be a generator function; got an arrow function/],
    ['sales', async () => undefined, /async/],
    ['sales', undefined, /got nothing/],
  ])('is refused: %j, %o', (name, body, message) => {
    expect(() => loose(name, body)).toThrow(message);
  });
});
