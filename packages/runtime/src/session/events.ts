import type { BridgeResult } from '@hookswitch/dsl';
import type { Echo } from './action-id.ts';

/** Digits that no capture delivers: `too-long`: more keys than it takes; `not-dtmf`: no keys of a phone. */
export type DigitsProblem = 'too-long' | 'not-dtmf';

/** A VCA, as far as a session needs it. Times are milliseconds since 1970, UTC. */
export interface CallActionEvent {
  readonly subAccountId: string;
  readonly sessionId: string;
  /** Id of the leg that the event speaks of. */
  readonly legId: string | null;
  readonly eventId: string | null;
  /** `received`: the call comes in; `completed`: the platform has run its callflow. */
  readonly status: 'received' | 'completed';
  readonly direction: 'inbound' | 'outbound';
  readonly from: string | null;
  readonly to: string;
  readonly fromCountry: string | null;
  readonly toCountry: string | null;
  /** The platform's own time. */
  readonly at: number | null;
  /** Which answer the platform has run: what we sent along with it. Null where it says nothing of the kind. */
  readonly echo: Echo | null;
  /** Digits without a closing `#`; `''` for `#` alone, null for none. */
  readonly digits: string | null;
  /** What was wrong with the digits as they came; null where nothing was. */
  readonly digitsProblem: DigitsProblem | null;
  readonly sipCode: number | null;
  /** Seconds. */
  readonly duration: number | null;
  /** How a bridge ended, as far as this event tells, judged against the first leg's id. */
  bridgeResult(firstLegId: string | null): BridgeResult;
  /** The webhook as JSON for the store. */
  stored(mask: { readonly digits: boolean }): string;
}

/** A VSS, as far as a session needs it. */
export interface SessionSummaryEvent {
  readonly subAccountId: string;
  readonly sessionId: string;
  /** E.g. COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED, ERROR. */
  readonly status: string;
  readonly at: number | null;
  readonly clientRequestId: string | null;
  readonly errorCode: number | null;
  readonly errorMessage: string | null;
  /** Outcome of the second leg, where there was one. */
  readonly bridge: BridgeResult | null;
  /** The summary as it came. */
  readonly raw: unknown;
  /** It came before anybody knew the session, and its error was counted then. @default false */
  readonly counted?: boolean;
}

/** What a VCA is answered with: the bytes, and why they are what they are (for metrics and logs). */
export interface Answer {
  readonly body: string;
  readonly outcome: 'answered' | 'duplicate' | 'held' | 'retried' | 'fallback' | 'hung-up';
}
