import { HookswitchError } from '@hookswitch/dsl';

/** Something that can't be done on the console's phone now: the call is over, nothing listens, no such key. */
export class PhoneError extends HookswitchError {
  override readonly name = 'PhoneError';
  readonly code = 'HS_PHONE';

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
