import { HookswitchError } from '@hookswitch/dsl';

/** A step was begun several times, and each time the process that ran it has not come back. It is not begun again, and counts as failed. */
export class StepLeftError extends HookswitchError {
  override readonly name = 'StepLeftError';
  readonly code = 'HS_STEP_LEFT';
  readonly step: string;
  /** How often it was begun. */
  readonly begun: number;

  constructor(step: string, begun: number) {
    super(
      `Step "${step}" was begun ${begun} times, and no process that ran it has come back. Look for what ends them: memory, process.exit(), a crash.`,
    );
    this.step = step;
    this.begun = begun;
  }
}
