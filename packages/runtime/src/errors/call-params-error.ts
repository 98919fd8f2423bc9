import { HookswitchError } from '@hookswitch/dsl';

/** The params of an outbound call don't fit the schema of its flow. Nothing was stored or sent. */
export class CallParamsError extends HookswitchError {
  override readonly name = 'CallParamsError';
  readonly code = 'HS_CALL_PARAMS';
  /** Name of the flow. */
  readonly flow: string;
  /** What the schema said. */
  readonly issues: readonly string[];

  constructor(flow: string, issues: readonly string[]) {
    super(
      `The params for flow "${flow}" don't fit its schema: ${issues.join('; ')}. Send what defineFlow({ params }) of the flow declares.`,
    );
    this.flow = flow;
    this.issues = issues;
  }
}
