import type { CurrentRun } from '../flow/current-run.ts';
import type { FlowOptions } from '../flow/flow-options.ts';

/** What decides how a question is asked besides its arguments. Holds nothing of the call, for a question may be made once and asked in many calls. */
export interface Place {
  readonly options: FlowOptions | null;
  readonly inBranch: boolean;
  readonly operating: boolean;
  readonly traced: boolean;
}

/** Where a question made or played now is. */
export function placeOf(run: CurrentRun | null): Place {
  if (run === null) return { options: null, inBranch: false, operating: false, traced: false };
  return { options: run.options, inBranch: run.branches > 0, operating: run.operating, traced: run.traced };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.options === b.options && a.inBranch === b.inBranch && a.operating === b.operating && a.traced === b.traced;
}
