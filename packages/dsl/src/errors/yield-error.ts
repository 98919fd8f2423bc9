import { HookswitchError } from './hookswitch-error.ts';

/** A flow yielded something that is not an effect. Thrown into the flow at that line. */
export class YieldError extends HookswitchError {
  override readonly name = 'YieldError';
  readonly code = 'HS_YIELD';
  readonly flow: string;

  constructor(flow: string, came: string, todo: string) {
    super(`Flow "${flow}" yielded ${came}; ${todo}.`);
    this.flow = flow;
  }
}
