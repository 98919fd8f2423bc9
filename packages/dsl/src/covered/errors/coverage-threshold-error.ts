import { HookswitchError } from '../../errors/hookswitch-error.ts';
import type { FlowCoverage } from '../coverage.ts';

/** Tests took fewer sites or arrows than a threshold wants. The reporter prints it, and fails the run. */
export class CoverageThresholdError extends HookswitchError {
  override readonly name = 'CoverageThresholdError';
  readonly code = 'HS_COVERAGE_THRESHOLD';
  /** The flows that lack something. */
  readonly lacking: readonly FlowCoverage[];

  constructor(message: string, lacking: readonly FlowCoverage[]) {
    super(message);
    this.lacking = lacking;
  }
}
