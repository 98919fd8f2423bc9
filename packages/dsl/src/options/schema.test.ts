import { describe, expect, it } from 'vitest';
import { defaultsOf, optionSet, withDefaults } from './schema.ts';

const RETRIES = optionSet({ limit: { type: 'integer', default: 2 }, delay: { type: 'integer', default: 250 }, name: { type: 'string' } });

describe('defaults of a set of options', () => {
  it('are those that its schema has', () => {
    expect(defaultsOf(RETRIES)).toEqual({ limit: 2, delay: 250 });
  });

  it('stand for what is not given, or undefined', () => {
    expect(withDefaults<{ limit: number; delay: number }>(RETRIES, { limit: 0, delay: undefined })).toEqual({ limit: 0, delay: 250 });
  });

  it('leave out what the schema does not have', () => {
    expect(withDefaults<object>(RETRIES, { name: 'a', prefix: '/ivr' } as object)).toEqual({ limit: 2, delay: 250, name: 'a' });
  });
});
