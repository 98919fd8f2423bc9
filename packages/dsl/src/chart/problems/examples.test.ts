import { describe, expect, it } from 'vitest';
import { step } from '../../effects/step.ts';
import { ask } from '../../questions/ask/ask.ts';
import { custom } from '../../questions/validators/custom.ts';
import { digits } from '../../questions/validators/digits.ts';
import { found, problemsOf } from './problems.test-support.ts';

const even = (entry: string) => Number(entry) % 2 === 0;

describe('what has no examples', () => {
  it('is found in steps, with their line', () => {
    const problems = problemsOf(function* () {
      yield* step('find', () => 1, { onError: () => 0 });
    });
    expect(problems.map(({ code, severity, site }) => [code, severity, site])).toEqual([['HS_VERIFY_STEP_EXAMPLES', 'warning', 'find']]);
    expect(problems[0]?.source).toMatch(/examples\.test\.ts:\d+:\d+$/);
  });

  it('is found in validators of the author', () => {
    const body = function* () {
      yield* ask('Your code.', { id: 'code', validate: custom(even) });
    };
    expect(found(body)).toEqual(['warning HS_VERIFY_VALIDATOR_EXAMPLES code []']);
  });

  it('is found where only entries that fail are given', () => {
    const body = function* () {
      yield* ask('Your code.', { id: 'code', validate: custom((entry) => entry, { examples: { pass: [], fail: [] } }) });
    };
    expect(found(body)).toEqual(['warning HS_VERIFY_VALIDATOR_EXAMPLES code []']);
  });

  it('is none with examples, and none for the validators of the package', () => {
    const body = function* () {
      yield* step('find', () => 1, { examples: { found: 1 }, onError: () => 0 });
      yield* ask('Your code.', { id: 'code', validate: custom(even, { examples: { pass: ['2'] } }) });
      yield* ask('Your account.', { id: 'account', validate: digits(8) });
    };
    expect(found(body)).toEqual([]);
  });
});
