import type { BridgeResult } from '../effects/bridge.ts';
import type { Call } from '../flow/call.ts';
import type { AnySettingValues } from '../flow/settings.ts';
import type { StepOutcome } from '../generator/perform-step.ts';

/** The call begins. */
export interface CallStarted {
  readonly type: 'CALL_STARTED';
  readonly call: Call;
  /** Intake is closed: the flow is not begun, and this is said instead; null for the flow's phrase. */
  readonly turnedAway?: { readonly says: string | null };
}

/** The platform has run the callflow and asks what to do next. `at` is milliseconds since 1970, UTC. */
export interface ActionCompleted {
  readonly type: 'ACTION_COMPLETED';
  readonly at: number;
  /** Digits without a closing `#` (`''` for `#` alone, null for silence); at a bridge its result. */
  readonly answer: string | null | BridgeResult;
  /** Where the answer belongs, where that is known: another site than the one at which the flow waits is a divergence. */
  readonly site?: string;
}

/** A step that was handed out has come to an end. */
export interface StepSettled {
  readonly type: 'STEP_SETTLED';
  readonly at: number;
  readonly outcome: StepOutcome;
  readonly site?: string;
}

/** A signal has come for which the flow waits. */
export interface SignalReceived {
  readonly type: 'SIGNAL_RECEIVED';
  readonly at: number;
  /** JSON, as the schema of the wait made it. */
  readonly value: unknown;
  readonly site?: string;
}

/** No signal has come in time. */
export interface SignalTimedOut {
  readonly type: 'SIGNAL_TIMED_OUT';
  readonly at: number;
  readonly site?: string;
}

/** What operators have set, for a flow that asks. Values that are not given, or don't fit, are the defaults. */
export interface SettingsRead {
  readonly type: 'SETTINGS_READ';
  readonly at: number;
  readonly values: AnySettingValues;
  readonly site?: string;
}

/** The session is over (VSS). */
export interface SessionEnded {
  readonly type: 'SESSION_ENDED';
  readonly at: number;
  /** Outcome of the second leg, where the summary has one. */
  readonly bridge?: BridgeResult;
}

/** What a flow's machine is told after the call has begun. */
export type FlowEvent = ActionCompleted | StepSettled | SignalReceived | SignalTimedOut | SettingsRead | SessionEnded;
/** All that a flow's machine understands. */
export type FlowMachineEvent = CallStarted | FlowEvent;

export const EVENT_TYPES = [
  'CALL_STARTED',
  'ACTION_COMPLETED',
  'STEP_SETTLED',
  'SIGNAL_RECEIVED',
  'SIGNAL_TIMED_OUT',
  'SETTINGS_READ',
  'SESSION_ENDED',
] as const satisfies readonly FlowMachineEvent['type'][];
