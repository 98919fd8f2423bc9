import type { WebhookKind } from './kinds.ts';
import type { Parties } from './values.ts';

/** A word that 8x8's documents list, or one that they don't. Always upper case with `_`. */
type OpenWord<Known extends string> = Known | (string & Record<never, never>);

export type CallActionStatus = OpenWord<'CALL_RECEIVED' | 'ACTION_COMPLETED'>;
export type CallProgressStatus = OpenWord<
  'CALL_INITIATED' | 'CALL_RECEIVED' | 'CALL_CONNECTED' | 'CALL_DISCONNECTED' | 'CALL_UPDATED' | 'DTMF_RECEIVED'
>;
export type LegStatus = OpenWord<'COMPLETED' | 'BUSY' | 'NO_ANSWER' | 'FAILED' | 'CANCELED' | 'ERROR'>;
export type SessionStatus = OpenWord<LegStatus | 'COMPLETED_UNSUBSCRIBED' | 'COMPLETED_UNSUB_ERROR' | 'UNSUBSCRIBED_CONTACT'>;
export type RecordingStatus = OpenWord<
  'PROCESSING' | 'PROCESSING_FAILED' | 'UPLOAD_COMPLETED' | 'UPLOAD_FAILED' | 'CALLBACK_COMPLETED' | 'CALLBACK_FAILED' | 'UNKNOWN'
>;

/** What every webhook has. */
interface WebhookBase<Kind extends WebhookKind> {
  readonly kind: Kind;
  /** As it came; null where there was none. It may name another kind than the path that the webhook was sent to. */
  readonly eventType: string | null;
  /** The body as it was received, unmasked and unbounded in depth: store and log only `maskWebhook(raw, …)`. */
  readonly raw: unknown;
}

/** What a caller pressed. */
export interface Dtmf {
  /** Without one closing `#`; `''` when only `#` was pressed; null when nothing was, or nothing that can be understood. */
  readonly digits: string | null;
  /** `too-long`: more keys came than any capture allows, and the rest was cut; `not-dtmf`: what came is no keys of a phone. */
  readonly problem: 'too-long' | 'not-dtmf' | null;
}

/** One moment of a call. */
interface CallMoment extends Parties {
  readonly subAccountId: string;
  readonly sessionId: string;
  /** The wire's `callId`: 8x8's id of the leg that the webhook is about (our own call id is another). */
  readonly legCallId: string | null;
  readonly eventId: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly at: number | null;
  readonly dtmf: Dtmf;
  /** What the platform's speech recognition heard, where it listens (`eventData.asrCaptured`). */
  readonly asrCaptured: string | null;
  /** RFC 3261. */
  readonly sipCode: number | null;
  /** Seconds. */
  readonly callDuration: number | null;
  /** What the previous answer carried; see `readEcho`. */
  readonly clientActionId: string | null;
}

/** VCA: the platform asks what to do next. */
export interface CallActionWebhook extends WebhookBase<'vca'>, CallMoment {
  /** `UNKNOWN` where there was none. */
  readonly callStatus: CallActionStatus;
}

/** VCS: what happens to a call, best effort, in any order. */
export interface CallStatusWebhook extends WebhookBase<'vcs'>, CallMoment {
  /** `UNKNOWN` where there was none. */
  readonly callStatus: CallProgressStatus;
}

/** How the line was. */
export interface CallQuality {
  readonly mos: number | null;
  readonly packetLossRate: number | null;
  readonly jitter: number | null;
}

/** One of the two calls of a session. Times in milliseconds since 1970, UTC. */
export interface Leg extends Parties {
  readonly callId: string | null;
  readonly initiatedAt: number | null;
  readonly connectedAt: number | null;
  readonly disconnectedAt: number | null;
  readonly callStatus: LegStatus | null;
  readonly sipCode: number | null;
  /** Seconds. */
  readonly callDuration: number | null;
  readonly quality: CallQuality | null;
}

/** VSS: the session is over. Times in milliseconds since 1970, UTC. */
export interface SessionSummaryWebhook extends WebhookBase<'vss'> {
  readonly subAccountId: string;
  readonly sessionId: string;
  /** `UNKNOWN` where there was none. */
  readonly status: SessionStatus;
  readonly startTime: number | null;
  readonly endTime: number | null;
  /** E.g. `MAKE_CALL`, `HANGUP`, `SAY_AND_CAPTURE`. */
  readonly lastAction: string | null;
  readonly callCount: number | null;
  readonly clientRequestId: string | null;
  /** See `explainSessionError`. */
  readonly errorCode: number | null;
  readonly errorMsg: string | null;
  /** The action at which it failed, and the request whose callflow it was of; only some of 8x8's summaries name them. */
  readonly errorAction: string | null;
  readonly callFlowRequestId: string | null;
  readonly callA: Leg | null;
  readonly callB: Leg | null;
}

/** VRU: a recording is available, or is not. */
export interface RecordingWebhook extends WebhookBase<'vru'> {
  readonly subAccountId: string | null;
  readonly sessionId: string;
  readonly recordingId: string | null;
  readonly durationSeconds: number | null;
  /** Where the recording was put; as it came. */
  readonly filePath: string | null;
  readonly status: RecordingStatus;
}

/** One virtual number, as a number update tells of it. The fields are 8x8's. */
export interface UpdatedNumber {
  /** E.164, with or without `+`, as it came. */
  readonly msisdn: string;
  /** `Active`; or `Unhealthy`, `Expiring`, `Inactive`: not to be used for new calls. */
  readonly operationalStatus: OpenWord<'Active' | 'Unhealthy' | 'Expiring' | 'Inactive'> | null;
  /** Whether this update changed it. */
  readonly updateStatus: OpenWord<'UPDATED' | 'NO_CHANGE'> | null;
  /** Milliseconds since 1970, UTC. */
  readonly updatedAt: number | null;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string | null;
  /** Name of the range that the number belongs to. */
  readonly referenceId: string | null;
  /** Per month, in `billingCurrency`. */
  readonly rentalPrice: number | null;
  /** Per minute, in `billingCurrency`. */
  readonly incomingRate: number | null;
  /** Billing increment of calls that come in, seconds. */
  readonly billingUnit: number | null;
  readonly billingCurrency: string | null;
  readonly numberHealthCheckEnabled: boolean | null;
}

/** VNU: the inventory of virtual numbers changed, or the health of one. */
export interface NumberWebhook extends WebhookBase<'vnu'> {
  readonly subAccountId: string | null;
  /** `SNAPSHOT`: the list is the whole inventory; `UPDATES`: `updateStatus` marks what changed. */
  readonly updateEventType: OpenWord<'SNAPSHOT' | 'UPDATES'> | null;
  /** How many numbers the subaccount has. */
  readonly totalNumbers: number | null;
  readonly virtualNumbers: readonly UpdatedNumber[];
}

export type Webhook = CallActionWebhook | SessionSummaryWebhook | CallStatusWebhook | RecordingWebhook | NumberWebhook;
