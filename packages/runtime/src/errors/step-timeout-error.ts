import { HookswitchError } from '@hookswitch/dsl';

/** One attempt of a step took longer than its `timeout`. It is tried again while retries are left. */
export class StepTimeoutError extends HookswitchError {
  override readonly name = 'StepTimeoutError';
  readonly code = 'HS_STEP_TIMEOUT';
  /** Name of the step. */
  readonly step: string;
  /** Milliseconds. */
  readonly timeout: number;

  constructor(step: string, timeout: number) {
    super(`Step "${step}" took longer than its timeout of ${timeout} ms. Raise step(…, { timeout }), or make the work shorter.`);
    this.step = step;
    this.timeout = timeout;
  }
}
