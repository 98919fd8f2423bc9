import type { CallDriver } from './call-driver.ts';
import type { CaptureBehaviour } from './capture-behaviour.ts';
import type { StepDesk } from './step-stubs.ts';

/** What a call is played with. */
export interface PlayerOptions {
  readonly driver: CallDriver;
  readonly desk: StepDesk;
  readonly behaviour: CaptureBehaviour;
  /** Times of the journal's entries by index, where they are fixed; else each has the call's virtual time. */
  readonly times?: (index: number) => number | undefined;
}
