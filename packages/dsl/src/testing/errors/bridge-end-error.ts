import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** A bridge was to end in a way in which none can. */
export class BridgeEndError extends HookswitchError {
  override readonly name = 'BridgeEndError';
  readonly code = 'HS_TEST_BRIDGE_END';
}
