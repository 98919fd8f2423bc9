import { describe, expect, it } from 'vitest';
import { checkParams } from './call-params.ts';
import type { StandardSchema } from './define-flow.ts';

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
    expect(await checkParams(refusing, {})).toEqual({ issues: ['no name', 'no age'] });
  });

  it('are JSON, for a replay must see what the first server saw', async () => {
    const { issues } = (await checkParams(making({ at: new Date(0) }), {})) as { issues: string[] };
    expect(issues[0]).toContain('$.at is a Date; give date.toISOString()');
  });

  it.each([null, 'Ann', [1], undefined])('are an object, not %j', async (made) => {
    expect(await checkParams(making(made), {})).toEqual({ issues: ['params must be an object'] });
  });
});
