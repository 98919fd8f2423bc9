import { TranscriptError } from './transcript-error.ts';

/** Something was done or expected in a call before what was done last had come to its end. */
export class NotAwaitedError extends TranscriptError {
  override readonly name = 'NotAwaitedError';
  readonly code = 'HS_TEST_NOT_AWAITED';
  /** The action that is still going on, e.g. `press`. */
  readonly action: string;

  constructor(where: string, action: string, transcript: string) {
    super(`${where}: ${action} is still going on; write: await call.${action}(…).`, transcript);
    this.action = action;
  }
}
