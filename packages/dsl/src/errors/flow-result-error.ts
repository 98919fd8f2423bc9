import { HookswitchError } from './hookswitch-error.ts';

/** A flow returned something that JSON would lose, or too much of it. The call ends as it would, and has no result. */
export class FlowResultError extends HookswitchError {
  override readonly name = 'FlowResultError';
  readonly code = 'HS_FLOW_RESULT';
  /** Name of the flow. */
  readonly flow: string;
  /** Where in the result, e.g. `$.customer.born`. */
  readonly path: string;

  constructor(flow: string, path: string, came: string, todo: string) {
    super(`Flow "${flow}": its result must be JSON, but ${path} is ${came}; ${todo}. The call ends as it would, without a result.`);
    this.flow = flow;
    this.path = path;
  }
}
