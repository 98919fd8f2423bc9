import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { StepResultError } from '../errors/index.ts';
import { copyJson, throughJson } from './json.ts';

class Customer {
  readonly name = 'Ann';
}
const ring: { self?: unknown } = {};
ring.self = ring;
class Rows extends Array<number> {
  readonly of = 'rows';
}
function nested(depth: number): unknown {
  let value: unknown = null;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
/** What a flow may get out of another program: everything, JSON or not. */
const ANYTHING = fc.anything({
  ...{ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true },
  ...{ withSet: true, withSparseArray: true, withTypedArray: true },
});

describe("a step's result", () => {
  it.each([
    [{ born: new Date(0) }, '$.born is a Date; give date.toISOString()'],
    [new Map(), '$ is a Map; give Object.fromEntries(map)'],
    [{ tags: new Set() }, '$.tags is a Set; give [...set]'],
    [[1, undefined], '$[1] is nothing; give null'],
    [[1, NaN], '$[1] is a number that JSON can not hold; give null, or a text'],
    [{ cents: 10n }, '$.cents is a bigint; give String(value)'],
    [new Customer(), '$ is a Customer; give plain data'],
    [{ save: () => 1 }, '$.save is a function; give plain data'],
    [{ later: Promise.resolve(1) }, '$.later is a promise; await it'],
    [Object.assign([1], { total: 1 }), '$.total is a property of a list; give [...list], and what else there is beside it'],
    [Object.assign(Rows.from([1]), { total: 1 }), '$ is a list of the class Rows; give [...list]'],
    [{ rows: new Rows(3) }, '$.rows is a list of the class Rows'],
    [/(?<a>a)/.exec('a'), '$.index is a property of a list'],
    [{ list: new Array(2) }, '$.list[0] is nothing; give null'],
    [Object.defineProperty([1], '0', { get: () => 1, enumerable: true }), '$[0] is a getter; copy the object'],
    [
      {
        get now() {
          return 1;
        },
      },
      '$.now is a getter; copy the object: { ...value }',
    ],
    [{ [Symbol('a')]: 1 }, '$[a symbol] is a property whose key is a symbol'],
    [Object.defineProperty({}, 'hidden', { value: 1 }), '$.hidden is a hidden property'],
    [{ toJSON: () => 1 }, '$.toJSON is a function'],
    [{ when: { toJSON: () => '' } }, '$.when.toJSON is a function'],
    [new (class extends Object {})(), '$ is an object with a prototype'],
    [Object('text'), '$ is a String'],
    [/a/, '$ is a RegExp'],
    [new Error('a'), '$ is a Error'],
    [new Uint8Array(1), '$ is a Uint8Array'],
    [(function* () {})(), '$ is a generator; give what it comes to'],
    [(async function* () {})(), '$ is an async generator; give what it comes to'],
    [
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error('no');
          },
        },
      ),
      '$ is something that can not be read to its end',
    ],
    [nested(100_000), '$ is something that can not be read to its end'],
    [ring, '$.self is a cycle; give data without references to itself'],
  ])('that JSON would lose is an error that says where and what to do: %#', (value, words) => {
    const pass = () => throughJson(value, 'find');
    expect(pass).toThrow(StepResultError);
    expect(pass).toThrow(`Step "find": its result must be JSON, but ${words}`);
  });

  it('may be nothing, and may leave properties out', () => {
    expect(throughJson(undefined, 'find')).toBeUndefined();
    expect(throughJson({ a: 1, b: undefined }, 'find')).toStrictEqual({ a: 1 });
    expect(Object.is(throughJson(-0, 'find'), 0)).toBe(true);
  });

  it('is a copy, whose keys are its own', () => {
    const result = { list: [{ a: 1 }] };
    const copy = throughJson(result, 'find') as typeof result;
    copy.list.push({ a: 2 });
    expect(result.list).toHaveLength(1);
    const key = JSON.parse('{"__proto__":{"admin":true}}') as object;
    expect((throughJson(key, 'find') as { admin?: boolean }).admin).toBeUndefined();
  });

  test.prop([fc.jsonValue()])('is what JSON would make of it, for every JSON value', (value) => {
    expect(throughJson(value, 'find')).toStrictEqual(JSON.parse(JSON.stringify(value)));
  });

  test.prop([
    fc.oneof(
      ANYTHING,
      fc.jsonValue(),
      fc.array(fc.jsonValue()).map((list) => Object.assign(list, { '0': null })),
    ),
  ])('is the same after JSON and after a restore, for everything that passes', (value) => {
    const passed = passing(value);
    if (passed === REFUSED || passed === undefined) return;
    expect(JSON.parse(JSON.stringify(passed))).toStrictEqual(passed);
    expect(copyJson(JSON.parse(JSON.stringify(passed)))).toStrictEqual(passed);
    // And it is what the step gave: only what is undefined, -0 and prototypes that are null are gone.
    expect(passed).toEqual(zeroed(value));
  });

  it('is read once, so that no proxy is one thing when it is checked and another when it is kept', () => {
    let reads = 0;
    const honestOnce = new Proxy(
      { a: 1 },
      {
        getOwnPropertyDescriptor: () => ({ value: reads++ === 0 ? 1 : new Date(0), enumerable: true, configurable: true, writable: true }),
      },
    );
    expect(throughJson(honestOnce, 'find')).toStrictEqual({ a: 1 });
  });
});

const REFUSED = Symbol('refused');
function passing(value: unknown): unknown {
  try {
    return throughJson(value, 'find');
  } catch (error) {
    expect(error).toBeInstanceOf(StepResultError);
    return REFUSED;
  }
}

/** Zero for minus zero, all the way down. */
function zeroed(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(zeroed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, zeroed(item)]));
}
