import { HookswitchError } from '@hookswitch/dsl';

/** A person did something with a telephone whose call is over, or that can't be done at this moment of the call. */
export class SessionOverError extends HookswitchError {
  override readonly name = 'SessionOverError';
  readonly code = 'HS_SIMULATOR_SESSION';

  readonly sessionId: string;
  /** What was tried, e.g. `press`. */
  readonly tried: string;

  constructor(sessionId: string, tried: string, why: string) {
    super(`${tried}() in session ${sessionId}: ${why}`);
    this.sessionId = sessionId;
    this.tried = tried;
  }
}
