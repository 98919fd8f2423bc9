/** What is known of a call, and all that may be decided about it. Immutable data: whoever wants another call makes a new one (`draft.ts`). */
import type { AnySettingValues, Action, CompiledFlow, Log, ParamsIssue, Position, Step, StepOutcome } from '@hookswitch/dsl';
import type { SessionError } from '../errors/session-error.ts';
import type { CallRecord, Commit, InboxRow, SignalRow } from '../store/store.ts';
import type { SessionSummaryWebhook, CallStatusWebhook, RecordingWebhook } from '../payloads/webhook.ts';
import type { Secrets } from './hidden/secrets.ts';
import type { TurnRequest, DigitsProblem, Placing, Vca } from './input.ts';
import type { KeptSignal, SignalOutcome } from './kept-signal.ts';
import type { SessionSettings, FallbackReason, FlowRouter } from './settings.ts';
import type { Ending } from './count-keys.ts';
import type { KnownOverrides } from './overrides.ts';
import type { CallState } from './state.ts';

/** A call: what the store has of it at one revision, and where its flow stands. */
export interface Call {
  /** Its `state` is the text of the last commit; `state` beside it is the truth. */
  readonly record: CallRecord;
  readonly state: CallState;
  readonly compiled: CompiledFlow;
  readonly position: Position;
  /** It began on a newer version than any that is served here, and others may have it: nothing has moved it here yet. */
  readonly isAhead: boolean;
  /** Why it can't be brought back here, e.g. because the key of its data is gone; null for all others. Its position says nothing then. */
  readonly broken: { readonly why: unknown } | null;
  /** The last answer, so that a duplicate on its heels asks no store. */
  readonly answered: { readonly turn: number; readonly body: string } | null;
  /** What callers have keyed in at its sensitive sites, to know what speaks of that. */
  readonly secrets: Secrets;
  /** The signals that its flow has not taken yet, in the order in which they came. */
  readonly kept: readonly KeptSignal[];
  /** What the post of a call says that is to be placed, as the request of its first callflow keeps it; null for all others, and where nobody knows. */
  readonly placing: Placing | null;
}

/** The call that an input speaks of, and the little that a decision needs beside it. */
export interface Found {
  readonly call: Call | null;
  /** What came for its session before: read only where the input may give a call its session, and a commit has said that there is something. */
  readonly inbox: readonly (InboxRow & { readonly pending: boolean })[];
  /** The turn that this `eventId` asked for: read only for a VCA that echoes nothing. */
  readonly seenTurn: number | null;
  /** The signal of the call that was sent with the same key as this one. */
  readonly signal: SignalRow | null;
  /** A placed call between the same numbers has no session yet, and its post may be under way. */
  readonly posting: boolean;
}

/** What a decision depends on besides: the clock is read once a round, before `find`. */
export interface Env {
  readonly now: number;
  /** The time that the flow is told in a simulation; null where calls are real. */
  readonly flowTime: number | null;
  /** Settings that the flow reads in a simulation, in place of what operators have set; null where calls are real. */
  readonly flowSettings: AnySettingValues | null;
  readonly settings: SessionSettings;
  readonly flows: FlowRouter;
  /** What operators have set, as it is known here: what relies on it is committed only where that is still so. */
  readonly overrides: KnownOverrides;
  /** Several processes use the store. */
  readonly shared: boolean;
  /** There is a key to seal with. */
  readonly canSeal: boolean;
  /** The call's lease is ours, and its step runs in this process. */
  readonly runsHere: boolean;
  /** This very input has claimed the turn. */
  readonly resumed: boolean;
  /** What went wrong as this input was decided before, where that was no fault of the store's: now as little is done as is safe. */
  readonly trouble: { readonly why: unknown } | null;
}

/** A turn that a change stores; `body` is null while its steps run. */
export interface NewTurn extends TurnRequest {
  readonly body: string | null;
  readonly hidden: boolean;
  readonly at: number;
}

export type Change =
  /** The call as it is to be: its revision is one more than what was found. */
  | {
      readonly kind: 'call';
      readonly call: Call;
      /** Its rows, as they are but for what is secret. */
      readonly commit: Commit;
      /** Journal entries, by index, the turn's answer, and signals, by number, that are to be sealed before they are stored; null where nothing is. */
      readonly secret: { readonly journal: readonly number[]; readonly turn: boolean; readonly signals?: readonly number[] } | null;
      /** The session is over: what is sealed is erased in the same commit. */
      readonly erases: boolean;
    }
  /** A webhook that is no turn: unique by session, kind and digest, no revision. `seen`: the call that it is of, where there is one. */
  | {
      readonly kind: 'inbox';
      readonly row: InboxRow;
      readonly pending: boolean;
      readonly seen: { readonly callId: string; readonly seenAt: number; readonly dueAt: number } | null;
    };

/** What a VCA is answered with, and why it is what it is (for metrics and logs). */
export interface Answer {
  readonly body: string;
  readonly outcome: 'answered' | 'duplicate' | 'held' | 'retried' | 'fallback' | 'hung-up';
}

export type Reply =
  /** `about`: the call, for whoever traces. */
  | ({ readonly kind: 'answer'; readonly about?: CallRecord | null } & Answer)
  /** The stored bytes of a turn; `isOver`: where they are gone, the caller is told to hang up. */
  | {
      readonly kind: 'stored';
      readonly callId: string;
      readonly turn: number;
      readonly outcome: 'answered' | 'duplicate';
      readonly isOver: boolean;
    }
  | { readonly kind: 'kept'; readonly outcome: Kept }
  | { readonly kind: 'signal'; readonly outcome: SignalReply; readonly record: CallRecord | null }
  | { readonly kind: 'call'; readonly record: CallRecord | null }
  /** `isNew`: it was not counted before. */
  | { readonly kind: 'counted'; readonly isNew: boolean }
  /** A call that is not placed: intake is closed. */
  | { readonly kind: 'intake-closed'; readonly flow: string; readonly label: string; readonly until: number | null };

/** What became of a signal. `repeated`: the same request came before, and nothing has happened now. */
export type SignalReply = { readonly is: SignalOutcome; readonly repeated: boolean } | SignalRefusal;

/** Why a signal is refused; nothing has changed then. */
export type SignalRefusal =
  | { readonly is: 'unknown' }
  | { readonly is: 'over'; readonly why: string }
  /** No server here can read the call, or has its version. */
  | { readonly is: 'elsewhere' }
  | { readonly is: 'not-awaited'; readonly known: readonly string[]; readonly hint: string }
  | { readonly is: 'not-fitting'; readonly issues: readonly ParamsIssue[] }
  /** Its value could not be sealed. */
  | { readonly is: 'no-key' }
  | { readonly is: 'too-many' }
  /** Another signal was sent with this key. */
  | { readonly is: 'other-body' };

/** What became of a webhook that is no VCA. */
export type Kept = 'stored' | 'duplicate' | 'unknown-session';

/** What is to be done outside, once the change is committed; what comes of it is an input again. `run-step` and `tell-end` follow from the state and may be ordered again; `post` never. */
export type Order =
  | {
      readonly kind: 'run-step';
      readonly call: CallRecord;
      readonly token: string;
      readonly index: number;
      readonly key: string;
      readonly site: string;
      readonly effect: Step<unknown>;
      /** It is told when its caller has gone. */
      readonly abortable: boolean;
      /** It is not run: this is what it comes to. */
      readonly refused: StepOutcome | null;
      readonly asked: TurnRequest | null;
    }
  | { readonly kind: 'abort-step'; readonly callId: string }
  | { readonly kind: 'tell-end'; readonly call: Call }
  | { readonly kind: 'post'; readonly call: CallRecord; readonly actions: readonly Action[]; readonly placing: Placing };

/** What whoever watches is told once the change is committed. */
export type Note =
  | { readonly kind: 'held'; readonly turn: number }
  | { readonly kind: 'fallback'; readonly reason: FallbackReason; readonly error: unknown; readonly session?: Vca | null }
  | { readonly kind: 'duplicate'; readonly turn: number }
  | { readonly kind: 'diverged' | 'flow-failed' | 'end-failed'; readonly error: unknown }
  | { readonly kind: 'suspected-per-action' }
  | { readonly kind: 'odd-digits'; readonly problem: DigitsProblem }
  | { readonly kind: 'step-settled'; readonly step: string; readonly ok: boolean; readonly ms: number; readonly attempts: number }
  | { readonly kind: 'session-failed'; readonly error: SessionError; readonly counted: boolean }
  | { readonly kind: 'logged'; readonly line: Log }
  | { readonly kind: 'result-refused'; readonly error: unknown }
  | { readonly kind: 'tagged'; readonly tags: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'counted'; readonly ending: Ending; readonly exit: string | null }
  | { readonly kind: 'turned-away' }
  | { readonly kind: 'warned'; readonly message: string }
  | { readonly kind: 'status'; readonly webhook: CallStatusWebhook }
  | { readonly kind: 'recording'; readonly webhook: RecordingWebhook }
  | { readonly kind: 'unknown-session'; readonly webhook: SessionSummaryWebhook };

/** What `decide` says. */
export interface Decision {
  readonly change: Change | null;
  /** Null: not yet (`wait`), or nobody asks. */
  readonly reply: Reply | null;
  /** Decide this input again when the call has changed, and at the latest at `until`. */
  readonly wait: { readonly until: number } | null;
  readonly orders: readonly Order[];
  readonly notes: readonly Note[];
  /** Whom the notes speak of, as it was committed. */
  readonly about: CallRecord | null;
}

/** A decision in which nothing changes. */
export function nothing(reply: Reply | null, more: Partial<Decision> = {}): Decision {
  return { change: null, reply, wait: null, orders: [], notes: [], about: null, ...more };
}
