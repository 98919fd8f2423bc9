import { TranscriptError } from './transcript-error.ts';

/** A key was pressed, or silence kept, when no capture was listening: no platform would hear of it. */
export class NothingListensError extends TranscriptError {
  override readonly name = 'NothingListensError';
  readonly code = 'HS_TEST_NOTHING_LISTENS';
}
