import { HookswitchError } from './hookswitch-error.ts';

/** A step returned something that JSON would lose, so that a replay could not see what the live call saw. The step counts as failed. */
export class StepResultError extends HookswitchError {
  override readonly name = 'StepResultError';
  readonly code = 'HS_STEP_RESULT';
  /** Name of the step. */
  readonly step: string;
  /** Where in the result, e.g. `$.customer.born`. */
  readonly path: string;

  constructor(step: string, path: string, came: string, todo: string) {
    super(`Step "${step}": its result must be JSON, but ${path} is ${came}; ${todo}.`);
    this.step = step;
    this.path = path;
  }
}
