import { HookswitchError, type Violation } from '@hookswitch/dsl';

/** A callflow breaks 8x8's rules for callflows that are sent through the API. Thrown before anything is sent. */
export class PlatformCallflowError extends HookswitchError {
  override readonly name = 'PlatformCallflowError';
  readonly code = 'HS_PLATFORM_CALLFLOW';

  /** Every broken rule, warnings left out. */
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    const lines = violations.map(({ code, message }) => `\n  ${code}: ${message}`);
    super(`createCallflow: the callflow was not sent, because it breaks these rules:${lines.join('')}`);
    this.violations = violations;
  }
}
