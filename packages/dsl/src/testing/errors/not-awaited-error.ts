import { TranscriptError } from './transcript-error.ts';

/** Something was done in a call before what was done last had come to its end. */
export class NotAwaitedError extends TranscriptError {
  override readonly name = 'NotAwaitedError';
  readonly code = 'HS_TEST_NOT_AWAITED';
}
