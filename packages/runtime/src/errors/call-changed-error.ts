import { HookswitchError } from '@hookswitch/dsl';

/** Somebody else has changed a call, or what is in memory of it can't be trusted. Whoever meets it loads the call anew and tries again; it reaches nobody outside. */
export class CallChangedError extends HookswitchError {
  override readonly name = 'CallChangedError';
  readonly code = 'HS_CALL_CHANGED';
}
