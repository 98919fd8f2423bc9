import { HookswitchError } from '@hookswitch/dsl';

/** A diagram could not be laid out. */
export class DiagramError extends HookswitchError {
  override readonly name = 'DiagramError';
  readonly code = 'HS_DIAGRAM';

  constructor(reason: string) {
    super(`The diagram could not be laid out: ${reason}. The other forms (hookswitch graph --format mermaid, or json) need no layout.`);
  }
}
