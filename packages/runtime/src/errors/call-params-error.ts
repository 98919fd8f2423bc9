import { HookswitchError, type ParamsIssue, paramsIssueText } from '@hookswitch/dsl';

/** The params of an outbound call don't fit the schema of its flow. Nothing was stored or sent. */
export class CallParamsError extends HookswitchError {
  override readonly name = 'CallParamsError';
  readonly code = 'HS_CALL_PARAMS';
  /** Name of the flow. */
  readonly flow: string;
  /** What the schema said, and of which part of the params. */
  readonly issues: readonly ParamsIssue[];

  constructor(flow: string, issues: readonly ParamsIssue[]) {
    super(
      `The params for flow "${flow}" don't fit its schema: ${issues.map(paramsIssueText).join('; ')}. Send what defineFlow({ params }) of the flow declares.`,
    );
    this.flow = flow;
    this.issues = issues;
  }
}
