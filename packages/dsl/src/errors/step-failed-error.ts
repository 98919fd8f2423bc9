import { HookswitchError, isHookswitchError } from './hookswitch-error.ts';

/** A step failed for good; thrown into the flow at the `yield*` that waited for it, live and on replay alike. */
export class StepFailedError extends HookswitchError {
  override readonly name = 'StepFailedError';
  readonly code = 'HS_STEP_FAILED';

  /** Name of the step. */
  readonly step: string;
  /** Name of the error that the step's function threw, e.g. `TypeError` or `StepTimeoutError`. */
  readonly reason: string;
  /** Message of the error that the step's function threw. */
  readonly detail: string;

  constructor(step: string, reason: string, detail: string) {
    super(`Step "${step}" failed: ${reason}: ${detail}`);
    this.step = step;
    this.reason = reason;
    this.detail = detail;
  }
}

/** Tells a `StepFailedError` (of any loaded copy of the framework) from any other value. A `catch` throws on what it is not about: `if (!isStepFailedError(error)) throw error`. */
export function isStepFailedError(value: unknown): value is StepFailedError {
  return isHookswitchError(value) && value.code === 'HS_STEP_FAILED';
}
