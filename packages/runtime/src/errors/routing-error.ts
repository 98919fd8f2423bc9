import { HookswitchError } from '@hookswitch/dsl';

/** The flows of a server claim the same calls, or no flow is there to serve. Thrown when the server is built. */
export class RoutingError extends HookswitchError {
  override readonly name = 'RoutingError';
  readonly code = 'HS_ROUTING';
}
