import { HookswitchError } from '@hookswitch/dsl';

/** A stored value that is encrypted can't be read: it was damaged, tampered with, or stands in another place than it was sealed for. */
export class SealOpenError extends HookswitchError {
  override readonly name = 'SealOpenError';
  readonly code = 'HS_SEAL_OPEN';

  /** The call that the value was read for. */
  readonly callId: string;
  /** The value's place in the call. */
  readonly index: number | string;

  constructor(callId: string, index: number | string, problem: string) {
    super(
      `Call ${callId}: the encrypted value at ${index} ${problem}. It was damaged, changed by hand, or copied from another place; ` +
        'restore the store from a backup, or let the call end with the fallback.',
    );
    this.callId = callId;
    this.index = index;
  }
}
