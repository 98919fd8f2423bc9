import { HookswitchError } from '@hookswitch/dsl';

/** A call can't be forked so: it has no such turn, or its flow is not there in that version. */
export class ForkError extends HookswitchError {
  override readonly name = 'ForkError';
  readonly code = 'HS_FORK';
  readonly what: 'turn' | 'version';

  constructor(what: 'turn' | 'version', message: string) {
    super(message);
    this.what = what;
  }
}
