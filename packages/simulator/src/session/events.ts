import type { Action } from '@hookswitch/dsl';
import type { CaptureReason } from '@hookswitch/dsl/testing';
import type { Fault } from '../faults.ts';
import type { ActionStatus } from '../wire/call-event.ts';
import type { SessionStatus } from '../wire/session-summary.ts';

/** How a bridge ended, in the words of flows. */
export type BridgeOutcome = 'answered' | 'busy' | 'no-answer' | 'declined' | 'failed';

/** Who ended a session: the caller, the server's `hangup`, a second party with whom everything was over, or the platform. */
export type EndedBy = 'caller' | 'server' | 'party' | 'platform';

/** How a session ended. */
export interface SessionEnd {
  readonly by: EndedBy;
  /** What the summary says. */
  readonly status: SessionStatus;
  /** 8x8's error code where the status is `ERROR`. */
  readonly errorCode: number | null;
  /** In words, where something was wrong. */
  readonly reason: string | null;
  /** Which kind of chaos cut the call short, or `patience` where the longest duration was reached. */
  readonly cutBy: string | null;
}

/** What happens in a session, as it happens. `at` in ms since 1970 on the session's time. */
export type SessionEvent = { readonly at: number } & (
  | {
      readonly type: 'ringing';
      readonly leg: 'first' | 'second';
      readonly from: string | null;
      readonly to: string;
      readonly byHand: boolean;
    }
  | { readonly type: 'connected' }
  | { readonly type: 'asking'; readonly turn: number; readonly status: ActionStatus; readonly dtmf: string | null | undefined }
  | {
      readonly type: 'answered';
      readonly turn: number;
      readonly clientActionId: string | null;
      readonly callflow: readonly Action[];
      /** Real time, ms. */
      readonly ms: number;
      readonly hold: boolean;
    }
  | {
      readonly type: 'spoken';
      readonly as: 'say' | 'prompt' | 'success' | 'failure';
      readonly text: string;
      readonly voice: string;
      readonly speed: number;
      /** How long it takes, ms. */
      readonly ms: number;
      readonly hold: boolean;
    }
  | { readonly type: 'played'; readonly url: string; readonly ms: number }
  | {
      readonly type: 'listening';
      readonly turn: number;
      /** From 1. */
      readonly attempt: number;
      readonly minDigits: number;
      readonly maxDigits: number;
      readonly completeOnHash: boolean;
      readonly digitTimeout: number;
      readonly overallTimeout: number;
      readonly hold: boolean;
    }
  | { readonly type: 'key'; readonly key: string; /** Whether anything listened. */ readonly heard: boolean }
  | { readonly type: 'captured'; readonly dtmf: string | null | undefined; readonly digits: string; readonly reason: CaptureReason }
  | { readonly type: 'bridged'; readonly from: string; readonly to: string }
  | {
      readonly type: 'bridge-ended';
      readonly outcome: BridgeOutcome;
      readonly sipCode: number;
      /** Seconds spoken. */ readonly seconds: number;
    }
  /** Nothing more will come; the line stays open. */
  | { readonly type: 'silence' }
  | { readonly type: 'fault'; readonly fault: Fault }
  | { readonly type: 'ended'; readonly end: SessionEnd }
  | { readonly type: 'closed' }
);

/** An event without its time. */
export type SessionHappening = SessionEvent extends infer Event ? (Event extends SessionEvent ? Omit<Event, 'at'> : never) : never;
