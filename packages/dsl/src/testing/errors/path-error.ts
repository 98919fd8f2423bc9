import { TranscriptError } from './transcript-error.ts';

/** A path of the chart could not be walked by phone, or led elsewhere than the chart says. */
export class PathError extends TranscriptError {
  override readonly name = 'PathError';
  readonly code = 'HS_TEST_PATH';
}
