/** What `hookswitch dev` tells the page of its phone and of itself, as plain JSON. Times are milliseconds. */
import type { AnySettingValues, SettingDeclarations } from '@hookswitch/dsl';

/** Something that a caller on the page's phone hears, does, or that happens to the call. */
export type PhoneEvent =
  | { readonly type: 'ringing'; readonly leg: 'first' | 'second'; readonly to: string; readonly byHand: boolean }
  | { readonly type: 'connected' }
  | {
      readonly type: 'spoken';
      readonly as: 'say' | 'prompt' | 'success' | 'failure';
      readonly text: string;
      /** E.g. `en-US-BenjaminRUS`. */
      readonly voice: string;
      readonly speed: number;
      /** How long it takes. */
      readonly ms: number;
    }
  /** `audio`: number of the file, to be had under `calls/<id>/audio/<audio>`. */
  | { readonly type: 'played'; readonly url: string; readonly audio: number; readonly ms: number }
  | {
      readonly type: 'listening';
      readonly attempt: number;
      readonly minDigits: number;
      readonly maxDigits: number;
      readonly completeOnHash: boolean;
      readonly hold: boolean;
    }
  | { readonly type: 'key'; readonly key: string; readonly heard: boolean }
  | { readonly type: 'captured'; readonly digits: string; readonly reason: string }
  | { readonly type: 'bridged'; readonly to: string }
  | { readonly type: 'bridge-ended'; readonly outcome: string; readonly seconds: number }
  | { readonly type: 'silence' }
  | { readonly type: 'fault'; readonly message: string }
  | { readonly type: 'ended'; readonly by: string; readonly status: string; readonly reason: string | null }
  | { readonly type: 'closed' };

/** A call on the page's phone. */
export interface PhoneCallView {
  /** The platform's session id; calls of the server have it as `sessionId`. */
  readonly id: string;
  readonly flow: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string | null;
  readonly to: string;
  /** The time that the call was told when it began, ISO 8601; null for the real one. */
  readonly at: string | null;
  /** The settings that it was told; null for those that are set. */
  readonly settings: AnySettingValues | null;
  readonly events: readonly PhoneEvent[];
}

/** What the phone can do. */
export interface PhoneView {
  /** The number under which each flow is called unless another is given. */
  readonly numbers: Readonly<Record<string, string>>;
  /** Callers that flows have as examples. */
  readonly callers: Readonly<Record<string, string>>;
  /** Times that flows have as examples, ISO 8601. */
  readonly times: Readonly<Record<string, readonly string[]>>;
  /** The languages of flows that speak several. */
  readonly languages: Readonly<Record<string, readonly string[]>>;
  /** What operators can set of each flow. */
  readonly settings: Readonly<Record<string, SettingDeclarations>>;
  /** Calls that can be looked at again after the page was loaded anew, oldest first. */
  readonly calls: readonly PhoneCallView[];
}

/** What a call is placed with. */
export interface PhoneOrder {
  readonly flow: string;
  /** E.164; null when withheld. */
  readonly from: string | null;
  readonly to: string;
  readonly direction: 'inbound' | 'outbound';
  /** How many times faster than real time. @default 1 */
  readonly speed?: number;
  /** For outbound calls of flows that take some. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** For outbound calls: the language in which they begin. @default the flow's */
  readonly language?: string;
  /** What time the call is told when it begins, ISO 8601 with zone. @default the real one */
  readonly at?: string;
  /** What the call reads of settings in place of what is set. @default all as set */
  readonly settings?: AnySettingValues;
}

/** What the called party of a bridge, or whoever an outbound call is for, does. */
export type PartyDeed = 'answers' | 'busy' | 'no-answer' | 'declines' | 'hangs-up';

/** Why the newest version of the flows is not served, or what callers of it would trip over. */
export interface DevProblem {
  /** The version that has it is served all the same: it was found by exploring. */
  readonly isServed: boolean;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Lines of the file around the place. */
  readonly frame: readonly { readonly line: number; readonly text: string; readonly marked: boolean }[];
}

/** How `hookswitch dev` stands. */
export interface DevView {
  /** Grows with each version of the flows that is served. */
  readonly generation: number;
  readonly reloading: boolean;
  /** What is served is being explored, for its diagrams and for what callers would trip over. */
  readonly checking: boolean;
  /** Grows with each set of diagrams. */
  readonly charted: number;
  /** Grows each time that tests have written what they took. */
  readonly tested: number;
  readonly problem: DevProblem | null;
  /** Of the last reload. */
  readonly reloadMs: number | null;
}

/** News of the stream of `hookswitch dev`, beside the server's own. */
export interface DevStreamEvents {
  /** `n`: number of the event in its call, from 0. */
  readonly phone: { readonly id: string; readonly n: number; readonly event: PhoneEvent };
  readonly dev: DevView;
}
