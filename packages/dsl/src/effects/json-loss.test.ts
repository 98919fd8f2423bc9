import { describe, expect, it } from 'vitest';
import { jsonLoss } from './json-loss.ts';

describe('jsonLoss', () => {
  it.each([[undefined], [null], [''], [1.5], [false], [[]], [{ a: [{ b: null }], c: undefined }], [Object.create(null)]])(
    'finds nothing in %j',
    (value) => {
      expect(jsonLoss(value)).toBeNull();
    },
  );

  it('takes one object in two places for no cycle', () => {
    const shared = { name: 'Ann' };
    expect(jsonLoss([shared, shared])).toBeNull();
  });

  it.each([
    [{ a: [1, NaN] }, '$.a[1]', 'a number that JSON can not hold'],
    [[undefined], '$[0]', 'nothing'],
    [{ born: new Date(0) }, '$.born', 'a Date'],
    [new Map(), '$', 'a Map'],
    [{ a: 1n }, '$.a', 'a bigint'],
    [{ a: Symbol('a') }, '$.a', 'a symbol'],
    [{ a: () => 1 }, '$.a', 'a function'],
    [Object.create({}), '$', 'an object with a prototype'],
    [Object.create(Object.create(null) as object), '$', 'an object with a prototype'],
  ])('names what JSON would lose of %o', (value, path, came) => {
    expect(jsonLoss(value)).toEqual({ path, came });
  });
});
