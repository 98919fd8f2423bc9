import { HookswitchError } from '../../errors/hookswitch-error.ts';

/** A file is no coverage report, or one of another release. */
export class CoverageFileError extends HookswitchError {
  override readonly name = 'CoverageFileError';
  readonly code = 'HS_COVERAGE_FILE';
}
