import { HookswitchError } from '../../errors/index.ts';

/** What was to be done in a fork is nothing that can be done there. */
export class ForkDeedError extends HookswitchError {
  override readonly name = 'ForkDeedError';
  readonly code = 'HS_FORK_DEED';

  /** Its place in the list, from 0; null where there is no list. */
  readonly index: number | null;

  constructor(index: number | null, message: string) {
    super(message);
    this.index = index;
  }
}
