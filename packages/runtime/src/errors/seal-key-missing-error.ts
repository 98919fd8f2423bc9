import { HookswitchError } from '@hookswitch/dsl';

/** Something sensitive is to be encrypted or read, and the key for it is not there. */
export class SealKeyMissingError extends HookswitchError {
  override readonly name = 'SealKeyMissingError';
  readonly code = 'HS_SEAL_KEY_MISSING';

  /** Id of the key that a text was sealed with; null when there is no key at all. */
  readonly keyId: string | null;

  constructor(keyId: string | null) {
    super(
      keyId === null
        ? 'HOOKSWITCH_DATA_KEYS: sensitive answers are encrypted at rest, but no key is set. Set it to 32 random bytes in base64 (`openssl rand -base64 32`).'
        : `HOOKSWITCH_DATA_KEYS: a stored value was encrypted with key "${keyId}", which is not among the keys that are set. ` +
            'After a rotation, keep the old keys behind the new one until the calls of their time have ended.',
    );
    this.keyId = keyId;
  }
}
