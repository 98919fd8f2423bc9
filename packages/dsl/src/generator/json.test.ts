import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { StepResultError } from '../errors/index.ts';
import { throughJson } from './json.ts';

class Customer {
  readonly name = 'Ann';
}
const ring: { self?: unknown } = {};
ring.self = ring;

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
});
