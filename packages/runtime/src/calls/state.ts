/**
 * What is kept of a call beside its record and its journal, as small JSON. What the journal says is not kept here a second time. A state that another release has
 * written must be read: what it lacks has a default, and what it has more is left alone.
 */
import type { BridgeResult, Call as FlowCall } from '@hookswitch/dsl';
import type { CallRecord } from '../store/store.ts';
import type { SignalCounts } from './kept-signal.ts';

/** What the platform is doing with our last answer. */
export type Outstanding =
  /** It collects digits or bridges: what it reports is the answer that the flow waits for. */
  | 'answer'
  /** It only speaks (a part of a batch, or a hold): what it reports means "go on". */
  | 'speech'
  /** It was told to end the call. */
  | 'end';

/** The lease on a turn whose steps are running. */
export interface Lease {
  /** The revision that claimed it; of the release before, any text. */
  readonly token: string;
  /** When others may take over. */
  readonly until: number;
  /** How often the step that runs was taken over from a process that has left it. @default 0 */
  readonly takeovers?: number;
}

/** What is kept of a VSS. */
export interface KeptSummary {
  readonly status: string;
  readonly at: number;
  readonly errorCode: number | null;
  readonly errorMessage: string | null;
  readonly bridge: BridgeResult | null;
  readonly raw: unknown;
  /** Its error was counted before the session was known; absent where it was not. */
  readonly counted?: true;
  /** The end was given to the flow. */
  readonly applied: boolean;
  /** `onEnd` has returned. */
  readonly told: boolean;
}

/** Stands for the VSS of a session that nothing was heard of any more. */
export function idleSummary(at: number): KeptSummary {
  const errorMessage = 'no webhook came for longer than `sessions.idle`';
  return { status: 'IDLE', at, errorCode: null, errorMessage, bridge: null, raw: null, applied: false, told: false };
}

/** The part of a session that the store keeps as opaque JSON. */
export interface CallState {
  readonly fromCountry: string | null;
  readonly toCountry: string | null;
  readonly language: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  /** The first leg's id, as soon as a webhook has named it. */
  readonly legId: string | null;
  readonly outstanding: Outstanding;
  /** Actions of the flow's current batch that were sent. */
  readonly cursor: number;
  /** Holds in a row. */
  readonly holds: number;
  readonly lease: Lease | null;
  readonly summary: KeptSummary | null;
  /** Last voice profile that the platform is known to have spoken with, and the one in our last answer. */
  readonly acceptedVoice: string | null;
  readonly sentVoice: string | null;
  readonly sentAt: number;
  /** When the platform asked for that answer, by its own clock; null where it does not say, and where `shortestSilence` is null. */
  readonly askedAt: number | null;
  /** Milliseconds after which, at the earliest, a capture in our last answer can end without digits. */
  readonly shortestSilence: number | null;
  readonly bridged: boolean;
  /** How often `onEnd` has failed, and until when nobody tells it again (milliseconds since 1970). */
  readonly endFailures: number;
  readonly tellAfter: number;
  /** Somebody has asked for the end of the call. */
  readonly endRequested: boolean;
  /** The wait for a signal at which the flow stands: since when, by the flow's clock (0: its caller has not asked yet), and how many pieces of its hold were played. Null at all other sites. */
  readonly waiting: { readonly since: number; readonly played: number } | null;
  /** Null where none has come. */
  readonly signals: SignalCounts | null;
  /** Since when the call stands at its site, milliseconds since 1970; 0 where nobody noted it. */
  readonly siteSince: number;
  /** It stands at a sensitive site, or what it says to the answer is not all said: digits of webhooks are not kept, whatever becomes of the code that asked for them. */
  readonly sensitive: boolean;
  /** A sensitive site was answered: what speaks of it is sealed from here on, and erased at the end. */
  readonly sealed: boolean;
  /** The turns of callflows that authors have named (`clientActionId`); null where none has. */
  readonly actionIds: Readonly<Record<string, number>> | null;
  /** The sites at which they end, by the same names. */
  readonly actionSites: Readonly<Record<string, string>> | null;
  /** Why an outbound call failed, or a flow. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** The state of a call that has just begun. */
export function initialState(
  call: Pick<FlowCall, 'fromCountry' | 'toCountry' | 'language'> & { readonly params: Readonly<Record<string, unknown>> },
  legId: string | null,
): CallState {
  return {
    fromCountry: call.fromCountry,
    toCountry: call.toCountry,
    language: call.language,
    params: call.params,
    legId,
    outstanding: 'speech',
    cursor: 0,
    holds: 0,
    lease: null,
    summary: null,
    acceptedVoice: null,
    sentVoice: null,
    sentAt: 0,
    askedAt: null,
    shortestSilence: null,
    bridged: false,
    endFailures: 0,
    tellAfter: 0,
    endRequested: false,
    waiting: null,
    signals: null,
    siteSince: 0,
    sensitive: false,
    sealed: false,
    actionIds: null,
    actionSites: null,
    error: null,
  };
}

/** What most calls have, and what is therefore not written. */
export const USUAL_STATE: CallState = initialState({ fromCountry: null, toCountry: null, language: null, params: {} }, null);

/** A state from what the store keeps. */
export function readState(text: string): CallState {
  return { ...USUAL_STATE, ...(JSON.parse(text) as Partial<CallState>) };
}

/** The call as its flow knows it, from what the store keeps. */
export function callOf(record: CallRecord, state: CallState): FlowCall {
  return Object.freeze({
    id: record.id,
    // Not known when an outbound call begins, and frozen from then on.
    sessionId: record.direction === 'inbound' ? record.sessionId : null,
    subAccountId: record.subAccountId,
    direction: record.direction,
    from: record.from,
    to: record.to,
    fromCountry: state.fromCountry,
    toCountry: state.toCountry,
    language: state.language,
    startedAt: record.startedAt,
    params: state.params,
  });
}
