import { HookswitchError } from './hookswitch-error.ts';

/**
 * The caller has gone. Thrown into a flow only where `finally` blocks wait for steps: JavaScript forgets a generator's `return()` at the first `yield` of a `finally`
 * inside of a `yield*`, but never an exception. Whoever catches everything throws it on.
 */
export class SessionOverError extends HookswitchError {
  override readonly name = 'SessionOverError';
  readonly code = 'HS_SESSION_OVER';

  constructor() {
    super('The session is over: only finally blocks still run. A catch that sees this error must throw it on.');
  }
}
