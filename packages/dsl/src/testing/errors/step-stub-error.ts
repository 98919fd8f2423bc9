import { TranscriptError } from './transcript-error.ts';

/** A flow ran a step for which the test gave no result. */
export class StepStubError extends TranscriptError {
  override readonly name = 'StepStubError';
  readonly code = 'HS_TEST_STEP_STUB';
  /** Name of the step. */
  readonly step: string;

  constructor(step: string, message: string, transcript: string) {
    super(message, transcript);
    this.step = step;
  }
}
