import { HookswitchError } from '@hookswitch/dsl';

/** A command plays against the platform simulator, and that is not installed. */
export class SimulatorMissingError extends HookswitchError {
  override readonly name = 'SimulatorMissingError';
  readonly code = 'HS_SIMULATOR_MISSING';
  readonly command: string;

  constructor(command: string, cause?: unknown) {
    super(
      `hookswitch ${command} needs the platform simulator, which is not installed here. Run: npm install --save-dev @hookswitch/simulator`,
      cause === undefined ? undefined : { cause },
    );
    this.command = command;
  }
}
