import type { AnySettingValues, Step, StepContext, StepOutcome } from '@hookswitch/dsl';

/** What makes a simulated call go the same way each time: everything in which two runs of it would differ comes from here. */
export interface Rehearsal {
  /** Id of a new call, unique in its store; random numbers of the flow are drawn by it. */
  callId(call: { readonly sessionId: string | null; readonly to: string }): string;
  /** The time that the flow of this call is told, ms since 1970, UTC. Null: the real one. */
  timeOf(callId: string): number | null;
  /** Values that the flow of this call reads of its settings, in place of what operators have set; those that are not given are as set. Null, or left out: all as set. */
  settingsOf?(callId: string): AnySettingValues | null;
  /** What a step comes to, in place of what its function would do; it is not tried again. Null: its function is called. */
  outcomeOf(effect: Step<unknown>, context: Pick<StepContext, 'idempotencyKey'>): StepOutcome | null;
}
