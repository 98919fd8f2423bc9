/**
 * Everything that can happen to a call, as plain data: no closures, no promises. `at` is our own time at the door, milliseconds since 1970, UTC: a deadline is counted
 * from it. Ids are minted at the door, too, so that an input means the same however often it is decided.
 */
import type { BridgeResult, StepOutcome } from '@hookswitch/dsl';
import type { CallStatusWebhook, RecordingWebhook, SessionSummaryWebhook } from '../payloads/webhook.ts';

interface Came {
  readonly at: number;
}

/** How the platform names a session. */
export interface SessionName {
  readonly subAccountId: string;
  readonly sessionId: string;
}

/** Digits that no capture delivers: `too-long`: more keys than it takes; `not-dtmf`: no keys of a phone. */
export type DigitsProblem = 'too-long' | 'not-dtmf';

/** What a VCA reports of a leg, from which the outcome of a bridge is judged. */
export interface LegReport {
  readonly legId: string | null;
  /** RFC 3261. */
  readonly sipCode: number | null;
  /** Seconds. */
  readonly duration: number | null;
}

/**
 * What a `clientActionId` of ours says: which turn's callflow has ended, that callflow `turn` is asked for again, for the n-th time, or that a fallback which transfers
 * has ended, after which there is nothing but a hang-up.
 */
export type ActionId =
  | { readonly kind: 'turn'; readonly turn: number }
  | { readonly kind: 'retry'; readonly turn: number; readonly tries: number }
  | { readonly kind: 'transferred' };

/** What a platform gives back: an id of ours, or one that may be an author's; then the call knows its turn. `given-retry`: the callflow after it is asked for again. */
export type Echo =
  | ActionId
  | { readonly kind: 'given'; readonly id: string }
  | { readonly kind: 'given-retry'; readonly id: string; readonly tries: number };

/** A VCA: the platform asks what to do next. */
export interface Vca extends Came, SessionName {
  readonly kind: 'vca';
  /** The call's id, should it begin with this. */
  readonly id: string;
  readonly eventId: string | null;
  /** `received`: the call comes in; `completed`: the platform has run its callflow. */
  readonly status: 'received' | 'completed';
  readonly direction: 'inbound' | 'outbound';
  readonly from: string | null;
  readonly to: string;
  readonly fromCountry: string | null;
  readonly toCountry: string | null;
  /** The platform's own time, where it says one. */
  readonly sentAt: number | null;
  /** Which answer the platform has run: what we sent along with it. Null where it says nothing of the kind. */
  readonly echo: Echo | null;
  /** Digits without a closing `#`; `''` for `#` alone, null for none. */
  readonly digits: string | null;
  /** What was wrong with the digits as they came; null where nothing was. */
  readonly digitsProblem: DigitsProblem | null;
  /** Id of the leg that the webhook speaks of. */
  readonly legId: string | null;
  /** What it reports of that leg; null where it does not report the end of an action. */
  readonly leg: LegReport | null;
  /** The body as it came, and what it holds. */
  readonly text: string;
  readonly raw: unknown;
}

/** A VSS: the session is over. */
export interface Summary extends Came, SessionName {
  readonly kind: 'summary';
  /** E.g. COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED, ERROR. */
  readonly status: string;
  /** The platform's own time. */
  readonly endedAt: number | null;
  readonly clientRequestId: string | null;
  readonly errorCode: number | null;
  readonly errorMessage: string | null;
  /** Outcome of the second leg, where there was one. */
  readonly bridge: BridgeResult | null;
  readonly webhook: SessionSummaryWebhook;
}

/** A VCS: progress of a call, best effort, in any order. */
export interface Status extends Came, SessionName {
  readonly kind: 'status';
  readonly webhook: CallStatusWebhook;
}

/** A VRU: a recording is available, or is not. 8x8's own sample names no subaccount: `subAccountIds` are those that it may be of. */
export interface Recording extends Came {
  readonly kind: 'recording';
  readonly subAccountIds: readonly string[];
  readonly sessionId: string;
  readonly webhook: RecordingWebhook;
}

/** A step that we have ordered has come to an end. */
export interface StepSettled extends Came {
  readonly kind: 'step-settled';
  readonly callId: string;
  /** The lease under which it ran, and its place in the journal. */
  readonly token: string;
  readonly index: number;
  readonly outcome: StepOutcome;
  /** All attempts together. */
  readonly ms: number;
  readonly attempts: number;
  /** The turn that waited when the step began. */
  readonly asked: TurnRequest | null;
}

/** A step that we have ordered runs still: its lease is to be renewed. */
export interface StillRunning extends Came {
  readonly kind: 'still-running';
  readonly callId: string;
  readonly token: string;
}

/** A call is due, and nobody asks for it: a lease has run out, an end was not given to the flow or not told, the session is idle. */
export interface Due extends Came {
  readonly kind: 'due';
  readonly callId: string;
}

/** A call that ended before calls were counted is to be counted. */
export interface CountRequested extends Came {
  readonly kind: 'count';
  readonly callId: string;
}

/** Somebody asks for the end of a call: it ends when the platform next asks. */
export interface EndRequested extends Came {
  readonly kind: 'end-requested';
  readonly callId: string;
}

/** A signal is sent to a call. */
export interface SignalSent extends Came {
  readonly kind: 'signal';
  readonly callId: string;
  readonly name: string;
  /** JSON, and the same as a text. */
  readonly value: unknown;
  readonly text: string;
  /** What its sender names the request by, so that it is taken once; null where nothing. */
  readonly key: string | null;
  /** Two requests of one key are the same where their digests are. */
  readonly digest: string;
}

/** `onEnd` has returned (`error` is null), or has failed. */
export interface EndTold extends Came {
  readonly kind: 'end-told';
  readonly callId: string;
  readonly error: { readonly thrown: unknown } | null;
}

/** A call is to be placed. */
export interface PlaceRequested extends Came {
  readonly kind: 'place';
  /** The call's id. */
  readonly id: string;
  readonly subAccountId: string;
  readonly flow: string;
  readonly version: string;
  /** E.164; a virtual number of the subaccount. */
  readonly from: string;
  /** E.164. */
  readonly to: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly language: string | null;
  readonly clientRequestId: string | null;
  readonly placing: Placing;
}

/** What the platform is told besides the callflow of a call that is placed. */
export interface Placing {
  /** ISO 8601: until when 8x8 may start the call. */
  readonly validUntil: string | null;
  /** Records the first leg; null: not sent. */
  readonly callRecording: boolean | null;
}

/** The post of a placed call has been answered, or has not. */
export interface PostSettled extends Came {
  readonly kind: 'post-settled';
  readonly callId: string;
  readonly outcome: PostOutcome;
}

/** What came of a post. */
export type PostOutcome =
  | { readonly is: 'created'; readonly sessionId: string }
  /** `statusCode`: what 8x8 says of a callflow that it refuses, e.g. -1002. */
  | { readonly is: 'refused'; readonly code: string; readonly message: string; readonly statusCode: number | null }
  | { readonly is: 'unknown'; readonly code: string; readonly message: string };

export type CallInput =
  | Vca
  | Summary
  | Status
  | Recording
  | StepSettled
  | StillRunning
  | Due
  | CountRequested
  | EndRequested
  | EndTold
  | PlaceRequested
  | PostSettled
  | SignalSent;

/** A turn to be answered: its number, and the webhook that asks for it as the store keeps it. */
export interface TurnRequest {
  readonly turn: number;
  readonly eventId: string | null;
  readonly event: string;
  /** The platform's own time. */
  readonly sentAt: number | null;
}
