import { HookswitchError } from '@hookswitch/dsl';

/** A flow breaks a rule, so that `hookswitch dev` does not serve it; the version before goes on. */
export class DevProblemError extends HookswitchError {
  override readonly name = 'DevProblemError';
  readonly code = 'HS_DEV_PROBLEM';
  /** What `hookswitch check` calls the problem. */
  readonly problem: string;
  readonly place: { readonly file: string | null; readonly line: number | null; readonly column: number | null };

  constructor(message: string, problem: string, place: DevProblemError['place']) {
    super(message);
    this.problem = problem;
    this.place = place;
  }
}
