import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** `forEveryCall` was called, and fast-check is not installed. */
export class FastCheckMissingError extends HookswitchError {
  override readonly name = 'FastCheckMissingError';
  readonly code = 'HS_TEST_FAST_CHECK';

  constructor(cause: unknown) {
    super('forEveryCall makes its calls with fast-check, version 3 or later, which is not installed: npm install --save-dev fast-check', {
      cause,
    });
  }
}
