import { HookswitchError } from '@hookswitch/dsl';

/** A command was called in a way that can't work. */
export class UsageError extends HookswitchError {
  override readonly name = 'UsageError';
  readonly code = 'HS_USAGE';
}
