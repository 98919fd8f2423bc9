import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** The coverage reporter was given an option that it does not have, or a value out of its range. */
export class CoverageOptionError extends HookswitchError {
  override readonly name = 'CoverageOptionError';
  readonly code = 'HS_COVERAGE_OPTION';
  /** The option, e.g. `thresholds.arrows`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(`@hookswitch/dsl/coverage: ${option} ${problem}`);
    this.option = option;
  }
}
