import { TranscriptError } from './transcript-error.ts';

/** A bridge was to end when none was open. */
export class NoBridgeError extends TranscriptError {
  override readonly name = 'NoBridgeError';
  readonly code = 'HS_TEST_NO_BRIDGE';
}
