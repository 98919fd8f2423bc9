import { TranscriptError } from './transcript-error.ts';

/** Something was done in a call that is over. */
export class CallOverError extends TranscriptError {
  override readonly name = 'CallOverError';
  readonly code = 'HS_TEST_CALL_OVER';
}
