import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** Something was pressed that a telephone has no key for. */
export class PhoneKeyError extends HookswitchError {
  override readonly name = 'PhoneKeyError';
  readonly code = 'HS_PHONE_KEY';

  /** What came instead of a key. */
  readonly key: string;
  /** Its place in what was to be pressed, from 0. */
  readonly index: number;

  constructor(key: string, index = 0) {
    super(
      `A telephone has no key ${JSON.stringify(key)} (character ${index + 1} of what was to be pressed). Its keys are 0 to 9, "*" and "#"; ` +
        'for no key at all use stayQuiet().',
    );
    this.key = key;
    this.index = index;
  }
}
