import { HookswitchError } from '@hookswitch/dsl';

/** Something was asked of a platform that doesn't listen: not yet, or no longer. */
export class SimulatorClosedError extends HookswitchError {
  override readonly name = 'SimulatorClosedError';
  readonly code = 'HS_SIMULATOR_CLOSED';

  /** What was asked, e.g. `inboundCall`. */
  readonly asked: string;

  constructor(asked: string, state: 'not listening yet' | 'closed') {
    super(`${asked}: the platform is ${state}. ${state === 'closed' ? 'Create another one.' : 'Call `await platform.listen()` first.'}`);
    this.asked = asked;
  }
}
