import { TranscriptError } from './transcript-error.ts';

/** A signal was sent in a test that no server would take: the flow waits for none of that name, or not with that value. */
export class SignalError extends TranscriptError {
  override readonly name = 'SignalError';
  readonly code = 'HS_TEST_SIGNAL';
}
