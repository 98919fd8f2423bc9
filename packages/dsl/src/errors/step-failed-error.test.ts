import { describe, expect, it } from 'vitest';
import { NoAnswerError } from './no-answer-error.ts';
import { isStepFailedError, StepFailedError } from './step-failed-error.ts';

describe('isStepFailedError', () => {
  it('tells the failure of a step', () => {
    expect(isStepFailedError(new StepFailedError('find', 'TypeError', 'fetch failed'))).toBe(true);
  });

  it.each([new NoAnswerError('menu', 'main', 3, 'noInput'), new TypeError('fetch failed'), null, 'HS_STEP_FAILED'])(
    'is false for %s',
    (other) => {
      expect(isStepFailedError(other)).toBe(false);
    },
  );
});
