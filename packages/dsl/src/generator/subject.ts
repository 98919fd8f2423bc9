import type { Call } from '../flow/call.ts';
import type { FlowBody, FlowOptions } from '../flow/flow-options.ts';

/** What is run: a body of a flow, in one call. */
export interface Subject {
  readonly options: FlowOptions;
  readonly call: Call;
  readonly body: FlowBody;
  /** When the body begins: milliseconds since 1970, UTC. */
  readonly at: number;
  /** Names that stand before those of its sites. */
  readonly path: readonly string[];
  readonly traced: boolean;
  /** What the body returns is the result of the call. */
  readonly hasResult: boolean;
  /** How many entries the call's journal has before those of this body. */
  readonly before: number;
}
