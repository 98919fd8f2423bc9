import { HookswitchError } from '@hookswitch/dsl';

/** The command line asked a Hookswitch server, and none answered. */
export class ServerUnreachableError extends HookswitchError {
  override readonly name = 'ServerUnreachableError';
  readonly code = 'HS_SERVER_UNREACHABLE';
  /** Where it was looked for. */
  readonly url: string;

  constructor(url: string, cause: unknown) {
    super(
      `No server answers at ${url}. Start one with hookswitch start, or say with --url where it is; calls of a server that is down can be read with --store.`,
      { cause },
    );
    this.url = url;
  }
}
