import { HookswitchError } from '@hookswitch/dsl';

/** A call in progress belongs to a flow that this server doesn't serve any more. */
export class UnservedFlowError extends HookswitchError {
  override readonly name = 'UnservedFlowError';
  readonly code = 'HS_FLOW_UNSERVED';
  readonly flow: string;

  constructor(flow: string) {
    super(
      `A call is in progress in the flow "${flow}", which this server does not serve. Keep a flow registered until its last call is over.`,
    );
    this.flow = flow;
  }
}
