import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** A matcher was used on something that isn't a test call, or with an argument that it can't take. */
export class MatcherError extends HookswitchError {
  override readonly name = 'MatcherError';
  readonly code = 'HS_TEST_MATCHER';
  /** Name of the matcher. */
  readonly matcher: string;

  constructor(matcher: string, message: string) {
    super(`expect(call).${matcher}: ${message}`);
    this.matcher = matcher;
  }
}
