import { HookswitchError } from '@hookswitch/dsl';

/** A store was given an option, a URL or an argument that can't work. Thrown before anything is read or written. */
export class StoreArgumentError extends HookswitchError {
  override readonly name = 'StoreArgumentError';
  readonly code = 'HS_STORE_ARGUMENT';

  /** Which function and argument, e.g. `openStore.url` or `list.cursor`. */
  readonly argument: string;

  /** `problem` says what must be given, what came and what to do; it never repeats a connection string or a phone number. */
  constructor(argument: string, problem: string) {
    super(`${argument}: ${problem}`);
    this.argument = argument;
  }
}
