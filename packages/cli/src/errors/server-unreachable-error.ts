import { HookswitchError } from '@hookswitch/dsl';

/** The command line asked a Hookswitch server, and none answered. */
export class ServerUnreachableError extends HookswitchError {
  override readonly name = 'ServerUnreachableError';
  readonly code = 'HS_SERVER_UNREACHABLE';
  /** Where it was looked for. */
  readonly url: string;

  constructor(url: string, cause: unknown) {
    super(
      `No server answers at ${url}. Start it with hookswitch start, or correct the address (--url; --from of the gate). Calls of a server that is down can be read from its store: hookswitch calls list --store, hookswitch calls export --store -o FOLDER.`,
      { cause },
    );
    this.url = url;
  }
}
