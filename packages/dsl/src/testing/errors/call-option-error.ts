import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** A test call was given an option that it doesn't have, or a value that no call could have. */
export class CallOptionError extends HookswitchError {
  override readonly name = 'CallOptionError';
  readonly code = 'HS_TEST_CALL_OPTION';
  /** The option, e.g. `language`. */
  readonly option: string;

  constructor(option: string, message: string) {
    super(message);
    this.option = option;
  }
}
