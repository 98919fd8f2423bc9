import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { jsonLoss } from './json-loss.ts';

describe('jsonLoss', () => {
  it.each([[undefined], [null], [''], [1.5], [false], [[]], [{ a: [{ b: null }], c: undefined }], [Object.create(null)]])(
    'finds nothing in %j',
    (value) => {
      expect(jsonLoss(value)).toBeNull();
    },
  );

  it('takes an object of another realm for what it is', () => {
    expect(jsonLoss(runInNewContext('({ name: "Ann", list: [{}] })'))).toBeNull();
    expect(jsonLoss(runInNewContext('new (class Customer {})()'))).toMatchObject({ came: 'a Customer' });
  });

  it('takes one object in two places for no cycle', () => {
    const shared = { name: 'Ann' };
    expect(jsonLoss([shared, shared])).toBeNull();
  });

  it.each([
    [{ a: [1, NaN] }, '$.a[1]', 'a number that JSON can not hold'],
    [[undefined], '$[0]', 'nothing'],
    [new Array(1), '$[0]', 'nothing'],
    [{ a: Promise.resolve(1) }, '$.a', 'a promise'],
    [{ born: new Date(0) }, '$.born', 'a Date'],
    [new Map(), '$', 'a Map'],
    [{ a: 1n }, '$.a', 'a bigint'],
    [{ a: Symbol('a') }, '$.a', 'a symbol'],
    [{ a: () => 1 }, '$.a', 'a function'],
    [Object.create({}), '$', 'an object with a prototype'],
    [Object.create(Object.create(null) as object), '$', 'an object with a prototype'],
  ])('names what JSON would lose of %o', (value, path, came) => {
    expect(jsonLoss(value)).toMatchObject({ path, came });
  });
});
