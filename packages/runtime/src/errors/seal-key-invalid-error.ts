import { HookswitchError } from '@hookswitch/dsl';

/** One of the configured data keys is no key. */
export class SealKeyInvalidError extends HookswitchError {
  override readonly name = 'SealKeyInvalidError';
  readonly code = 'HS_SEAL_KEY_INVALID';

  /** Which of the keys, from 1. */
  readonly position: number;

  /** `problem` says what came, without the key. */
  constructor(position: number, problem: string) {
    super(
      `HOOKSWITCH_DATA_KEYS: key number ${position} ${problem}. ` +
        'A key is 32 random bytes in base64 (`openssl rand -base64 32`); several are separated by commas, and the first one encrypts.',
    );
    this.position = position;
  }
}
