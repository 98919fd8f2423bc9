import { HookswitchError } from '@hookswitch/dsl';

/** A Hookswitch server answered the command line that it won't. */
export class ServerRefusedError extends HookswitchError {
  override readonly name = 'ServerRefusedError';
  readonly code = 'HS_SERVER_REFUSED';
  readonly url: string;
  /** The HTTP status. */
  readonly status: number;
  /** What the server says of it, e.g. `HS_CALL_PARAMS`; null where it says nothing. */
  readonly error: string | null;

  constructor(url: string, status: number, error: string | null, message: string) {
    super(message);
    this.url = url;
    this.status = status;
    this.error = error;
  }
}
