import { didYouMean, HookswitchError } from '@hookswitch/dsl';

/** There is no flow of this name. */
export class UnknownFlowError extends HookswitchError {
  override readonly name = 'UnknownFlowError';
  readonly code = 'HS_FLOW_UNKNOWN';
  /** What was asked for. */
  readonly flow: string;
  /** The flows that there are. */
  readonly known: readonly string[];

  constructor(flow: string, known: readonly string[]) {
    super(
      `There is no flow "${flow}". ${didYouMean(flow, known)}${known.length === 1 ? `There is only "${known[0]}".` : `There are: ${known.join(', ')}.`}`,
    );
    this.flow = flow;
    this.known = known;
  }
}
