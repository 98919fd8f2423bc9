import { HookswitchError } from '@hookswitch/dsl';

/** The process that serves the flows in development ended by itself, or can't be started. */
export class DevChildError extends HookswitchError {
  override readonly name = 'DevChildError';
  readonly code = 'HS_DEV_CHILD';

  constructor(what: string) {
    super(`The process that serves the flows ${what}. Look at what it printed last, mend that, and save the file again.`);
  }
}
