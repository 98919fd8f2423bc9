import { describe, expect, it } from 'vitest';
import { found, key, problemsOf } from './problems.test-support.ts';

const trap = function* () {
  if ((yield* key('main')) !== '9') return;
  for (;;) {
    yield* key('in');
    yield* key('deeper');
  }
};

describe('a dead end', () => {
  it('is found where no key leads to the end of the call, once for the sites that lead to each other', () => {
    expect(found(trap)).toContain('error HS_VERIFY_DEAD_END in [9]');
    expect(found(trap).filter((entry) => entry.includes('DEAD_END'))).toHaveLength(1);
    expect(problemsOf(trap).at(-1)?.message).toContain('nor from "deeper"');
  });

  it('is not looked for where not all was explored', () => {
    expect(found(trap, {}, { maxAnswers: 30 }).filter((entry) => entry.includes('DEAD_END'))).toEqual([]);
  });

  it('is none where one of many keys leads on', () => {
    const body = function* () {
      while ((yield* key('main')) !== '7');
    };
    expect(found(body)).toEqual(['error HS_VERIFY_SILENCE main []']);
  });
});
