import { HookswitchError } from './hookswitch-error.ts';

/** A flow, sub-flow or menu is declared in a way that can never work. Thrown by `defineFlow`, `subflow`, `compile` and the makers of composed effects. */
export class FlowDefinitionError extends HookswitchError {
  override readonly name = 'FlowDefinitionError';
  readonly code = 'HS_FLOW_DEFINITION';
}
