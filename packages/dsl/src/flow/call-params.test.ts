import { describe, expect, it } from 'vitest';
import { checkParams, type ParamsIssue, paramsIssueText } from './call-params.ts';
import type { StandardIssue, StandardSchema } from './flow-options.ts';

/** A schema that makes `made` of everything. */
const making = (made: unknown): StandardSchema<unknown> => ({
  '~standard': { version: 1, vendor: 'test', validate: () => Promise.resolve({ value: made }) },
});
const refusing: StandardSchema<unknown> = {
  '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'no name' }, { message: 'no age' }] }) },
};

describe('the params of a call', () => {
  it('are what the schema makes of them', async () => {
    expect(await checkParams(making({ name: 'Ann' }), {})).toEqual({ params: { name: 'Ann' } });
    expect(await checkParams(null, { any: [1] })).toEqual({ params: { any: [1] } });
  });

  it('have all the issues that the schema finds', async () => {
    expect(await checkParams(refusing, {})).toEqual({ issues: ['no name', 'no age'].map((message) => ({ path: [], message })) });
  });

  it('are JSON, for a replay must see what the first server saw', async () => {
    const { issues } = (await checkParams(making({ at: new Date(0) }), {})) as { issues: readonly ParamsIssue[] };
    expect(issues[0]?.message).toContain('$.at is a Date; give date.toISOString()');
  });

  it.each([null, 'Ann', [1], undefined])('are an object, not %j', async (made) => {
    expect(await checkParams(making(made), {})).toEqual({ issues: [{ path: [], message: 'params must be an object' }] });
  });
});

const ISSUES: [StandardIssue['path'], string][] = [
  [undefined, 'wrong'],
  [[], 'wrong'],
  [['name'], 'name: wrong'],
  [['customer', 'phones', 1, 'label'], 'customer.phones[1].label: wrong'],
  [[{ key: 'rows' }, { key: 0 }, { key: 'a b' }], 'rows[0]["a b"]: wrong'],
  [[0], '[0]: wrong'],
  [['by', '+6590000001'], 'by["+…"]: wrong'],
];

describe('an issue of params', () => {
  it.each(ISSUES)('keeps its path: %j', async (path, text) => {
    const schema: StandardSchema<unknown> = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'first' }, { message: 'wrong', path }] }) },
    };
    const { issues } = (await checkParams(schema, {})) as { issues: readonly ParamsIssue[] };
    expect(issues.map(paramsIssueText)).toEqual(['first', text]);
    expect(issues[1]?.path).toEqual((path ?? []).map((part) => (typeof part === 'object' ? part.key : part)));
  });
});
