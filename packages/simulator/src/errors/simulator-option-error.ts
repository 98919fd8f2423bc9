import { HookswitchError } from '@hookswitch/dsl';

/** An option of the simulator is unknown or has a value that it can't have. */
export class SimulatorOptionError extends HookswitchError {
  override readonly name = 'SimulatorOptionError';
  readonly code = 'HS_SIMULATOR_OPTION';

  /** Which option, as a path: `chaos.duplicates`. */
  readonly option: string;

  constructor(option: string, message: string) {
    super(`Option "${option}": ${message}`);
    this.option = option;
  }
}
