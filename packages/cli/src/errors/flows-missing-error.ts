import { HookswitchError } from '@hookswitch/dsl';

/** No flow was found where flows were looked for. */
export class FlowsMissingError extends HookswitchError {
  override readonly name = 'FlowsMissingError';
  readonly code = 'HS_FLOWS_MISSING';
  /** The folder or file, as it was given. */
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
  }
}
