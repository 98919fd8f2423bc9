import { HookswitchError } from '@hookswitch/dsl';

/** A call was to be placed by a flow whose intake is closed. */
export class IntakeClosedError extends HookswitchError {
  override readonly name = 'IntakeClosedError';
  readonly code = 'HS_INTAKE_CLOSED';
  readonly flow: string;
  /** Until when, in ms since 1970; null for as long as nobody opens it. */
  readonly until: number | null;

  constructor(flow: string, by: string, until: number | null) {
    const end = until === null ? '' : ` until ${new Date(until).toISOString()}`;
    super(
      `Intake of "${flow}" was closed by ${by}${end}: nobody is called. Open it (hookswitch settings open ${flow}), or place the call later.`,
    );
    this.flow = flow;
    this.until = until;
  }
}
