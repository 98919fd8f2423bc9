/**
 * What the core is given of its server: store, clock, flows, settings, whoever runs steps and posts calls, and whoever watches. It holds no state of a call, and what
 * watches hears of things only after they are committed.
 */
import type { Log } from '@hookswitch/dsl';
import type { Clock } from '../clock.ts';
import type { SessionError } from '../errors/session-error.ts';
import type { CallStatusWebhook, RecordingWebhook, SessionSummaryWebhook } from '../payloads/webhook.ts';
import type { Sealer } from '../security/seal.ts';
import type { CallRecord, Store } from '../store/store.ts';
import type { Order } from './call.ts';
import type { Ending } from './count-keys.ts';
import type { EndedCall } from './ended-call.ts';
import type { DigitsProblem, PostOutcome, SessionName, Summary } from './input.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { FallbackReason, FlowRouter, SessionSettings } from './settings.ts';

/** Receives what happens to calls, always after the commit: for metrics, logs and hooks. Never throws, and stores nothing. */
export interface CallsObserver {
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
  /** What the flow has returned is no result; the call ends as it would. */
  resultRefused(call: CallRecord, error: unknown): void;
  /** A call is over. `tags`: those that its flow has metrics of. */
  tagged(call: CallRecord, tags: readonly (readonly [name: string, value: string])[]): void;
  /** A call is over. `exit`: the site at which it ended while something was waited for; null where there is none. */
  counted(call: CallRecord, ending: Ending, exit: string | null): void;
  /** Intake was closed: its caller has heard that, and the flow was not begun. */
  turnedAway(call: CallRecord): void;
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
  /** Are given every call of this process as it is saved. Must not throw. */
  readonly watchers: ReadonlySet<(call: CallRecord) => void>;
  readonly sealer: Sealer;
  /** Called at least once for each call that has ended. */
  readonly onEnd: (call: EndedCall) => Promise<void>;
  /** Posts the first callflow of a placed call. Never rejects. */
  readonly post: (order: Extract<Order, { kind: 'post' }>) => Promise<PostOutcome>;
  /** The summary of a session that a server of the release before was told of before it knew the session, or null. */
  readonly earlySummary: (session: SessionName) => Promise<Summary | null>;
  /** A new id for a call: random, but in simulations. */
  readonly mintId: (call: { readonly sessionId: string | null; readonly to: string }) => string;
  /** @default none: calls are real */
  readonly rehearsal?: Rehearsal | undefined;
}
