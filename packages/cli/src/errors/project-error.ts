import { HookswitchError } from '@hookswitch/dsl';

/** A project can't be made where it was asked for. Nothing was written. */
export class ProjectError extends HookswitchError {
  override readonly name = 'ProjectError';
  readonly code = 'HS_PROJECT';
}
