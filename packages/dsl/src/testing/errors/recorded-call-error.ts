import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** A recorded call no longer goes its way on the code as it is now, or there is none to replay. */
export class RecordedCallError extends HookswitchError {
  override readonly name = 'RecordedCallError';
  readonly code = 'HS_TEST_RECORDED';
  /** The file of its journal, or the pattern that names none. */
  readonly file: string;

  constructor(file: string, message: string) {
    super(`${file}: ${message}`);
    this.file = file;
  }
}
