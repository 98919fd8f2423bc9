import type { Audio, CompiledFlow, Log, Text } from '@hookswitch/dsl';
import type { Clock } from '../clock.ts';
import type { SessionError } from '../errors/session-error.ts';
import type { Sealer } from '../security/seal.ts';
import type { CallRecord, Store } from '../store/store.ts';
import type { CallStatusWebhook, RecordingWebhook, SessionSummaryWebhook } from '../webhook/parse/webhook.ts';
import type { Order } from './call.ts';
import type { DigitsProblem, PostOutcome, SessionName, Summary } from './input.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { EndedCall } from './ended-call.ts';

/** What a caller hears when something has failed. */
export interface Fallback {
  /** Spoken text, one or one per language. */
  readonly text: Text;
  /** Played instead of the text. */
  readonly audio?: Audio['audio'];
  /** E.164: where the caller is connected to afterwards, instead of a hang-up. */
  readonly transferTo?: string;
}

/** How sessions behave; all times in milliseconds. */
export interface SessionSettings {
  /** How long a VCA may take before it is answered with a hold (U4). */
  readonly budget: number;
  /** How long a lease on a running step lasts without being renewed. */
  readonly lease: number;
  /** Holds in a row before the fallback. */
  readonly maxHolds: number;
  /** Spoken in a hold, where the batch has nothing unsent. */
  readonly holdText: Text;
  /** How long a hold listens. */
  readonly holdFor: number;
  /** How often a caller is asked again while the store can't save, or while the call is left to servers that have its version. */
  readonly maxRetries: number;
  readonly fallback: Fallback;
  /** Voice of the fallback where nothing better is known. */
  readonly voice: string;
  /** U1: all actions up to the next decision in one answer, or one action per answer. */
  readonly delivery: 'callflow' | 'action';
  /** A session without webhooks for this long is closed; longer once a bridge was sent. */
  readonly idle: number;
  readonly bridgedIdle: number;
  /** A `CALL_RECEIVED` older than this never starts a call. */
  readonly retention: number;
  /** Calls kept in memory between their webhooks. */
  readonly hotCalls: number;
}

/** Finds flows. */
export interface FlowRouter {
  /** The flow that answers a call, or null. */
  route(call: { readonly subAccountId: string; readonly to: string }): CompiledFlow | null;
  /** The flow of a call in progress, in the version that it began with; else the newest of that name; else null. */
  find(name: string, version: string): CompiledFlow | null;
  /** Whether a call in progress has begun on a server that has more than this one: its flow is not known here, or its version newer than any that is. */
  isAhead(name: string, version: string): boolean;
}

/** Why a caller heard the fallback. */
export type FallbackReason =
  | 'bad-request'
  | 'unauthorized'
  | 'unknown-session'
  | 'no-flow'
  | 'flow-error'
  | 'divergence'
  | 'callflow-rule'
  | 'too-slow'
  | 'store'
  | 'lost-turn'
  | 'stale-call'
  | 'closing'
  | 'internal';

/** Is told of calls as they go, each time after the commit: metrics, logs and hooks. Never throws, and keeps nothing of a call. */
export interface CallsObserver {
  /** A call was saved: for those who watch. */
  changed?(call: CallRecord): void;
  held(call: CallRecord, turn: number): void;
  /** `session`: whose call it is, as far as a webhook tells, where there is no record of it. */
  fallback(call: CallRecord | null, reason: FallbackReason, error: unknown, session?: SessionName | null): void;
  duplicate(call: CallRecord, turn: number): void;
  diverged(call: CallRecord, error: unknown): void;
  /** The platform seems to send one VCA per action: set `delivery: 'action'` (U1). */
  suspectedPerAction(call: CallRecord): void;
  /** The platform reports digits that the capture could not have delivered. The flow gets what could be read of them. */
  oddDigits(call: CallRecord, problem: DigitsProblem): void;
  stepSettled(call: CallRecord, step: string, ok: boolean, ms: number, attempts: number): void;
  flowFailed(call: CallRecord, error: unknown): void;
  /**
   * The platform has ended the session with an error: where it did not take our answer, the caller has heard nothing of it. `counted`: its summary came before the session
   * was known, and its error was counted then.
   */
  sessionFailed(call: CallRecord, error: SessionError, counted: boolean): void;
  /** `onEnd` has thrown, or not returned in time; it is called again. */
  endFailed(call: CallRecord, error: unknown): void;
  storeFailed(error: unknown): void;
  logged(call: CallRecord, line: Log): void;
  warned(call: CallRecord, message: string): void;
  /** A webhook that is no turn was kept, for the first time. `call`: null where its session is none of ours. */
  status(webhook: CallStatusWebhook, call: CallRecord | null): void;
  recording(webhook: RecordingWebhook, call: CallRecord | null): void;
  /** The summary of a session that is not known: it is kept until its call is. */
  unknownSession(webhook: SessionSummaryWebhook): void;
}

/** What calls work with. */
export interface CallsContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly flows: FlowRouter;
  readonly settings: SessionSettings;
  readonly observer: CallsObserver;
  readonly sealer: Sealer;
  /** Called at least once for each call that has ended. */
  readonly onEnd: (call: EndedCall) => Promise<void>;
  /** Posts the first callflow of a placed call. Never rejects. */
  readonly post: (order: Extract<Order, { kind: 'post' }>) => Promise<PostOutcome>;
  /** The summary of a session that a server of the release before was told of before it knew the session, or null. */
  readonly earlySummary: (session: SessionName) => Promise<Summary | null>;
  /** A new random id. */
  readonly mintId: () => string;
  /** @default none: calls are real */
  readonly rehearsal?: Rehearsal | undefined;
}
