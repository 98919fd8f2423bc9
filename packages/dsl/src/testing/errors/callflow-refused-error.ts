import type { Violation } from '../../callflow/violation.ts';
import { TranscriptError } from './transcript-error.ts';

/** The flow made a callflow that 8x8 would refuse. */
export class CallflowRefusedError extends TranscriptError {
  override readonly name = 'CallflowRefusedError';
  readonly code = 'HS_TEST_CALLFLOW_REFUSED';
  /** The rules that it breaks; errors only. */
  readonly violations: readonly Violation[];

  constructor(flow: string, violations: readonly Violation[], transcript: string) {
    const list = violations.map(({ code, message }) => `  ${code}: ${message}`);
    super(`8x8 would refuse what flow "${flow}" answers:\n${list.join('\n')}`, transcript);
    this.violations = violations;
  }
}
