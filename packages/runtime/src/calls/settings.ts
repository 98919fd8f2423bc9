/** How sessions behave, and why a caller hears the fallback. Types alone: the schema with the defaults is `assembly/session-options.ts`. */
import type { Audio, CompiledFlow, Text } from '@hookswitch/dsl';

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
  /** How long a VCA may take before it is answered with a hold (U4). @default 4000 */
  readonly budget: number;
  /** How long a lease on a running step lasts without being renewed. @default 15000 */
  readonly lease: number;
  /** Holds in a row before the fallback. @default 5 */
  readonly maxHolds: number;
  /** Spoken in a hold, where the batch has nothing unsent. @default 'One moment, please.' */
  readonly holdText: Text;
  /** How long a hold listens. @default 3000 */
  readonly holdFor: number;
  /** How often a caller is asked again while the store can't save, or while the call is left to servers that have its version. @default 5 */
  readonly maxRetries: number;
  /** @default an apology that asks to call again later */
  readonly fallback: Fallback;
  /** Voice of the fallback where nothing better is known. @default 'en-US-BenjaminRUS' */
  readonly voice: string;
  /** U1: all actions up to the next decision in one answer, or one action per answer. @default 'callflow' */
  readonly delivery: 'callflow' | 'action';
  /** A session without webhooks for this long is closed; longer once a bridge was sent. @default 7200000 */
  readonly idle: number;
  /** The same, once a bridge was sent. @default 86400000 */
  readonly bridgedIdle: number;
  /** A `CALL_RECEIVED` older than this never starts a call. @default 2592000000 */
  readonly retention: number;
  /** Calls kept in memory between their webhooks. @default 20000 */
  readonly hotCalls: number;
}

/** Which flow answers which call: what decides comes first. */
export interface RouteTable {
  /** A choice of the host's own: the name of a flow, or null where the rest decides. */
  readonly choose: ((call: { readonly subAccountId: string; readonly to: string }) => string | null) | null;
  /** The newest version of each flow. */
  readonly newest: ReadonlyMap<string, CompiledFlow>;
  /** By called number, without `+`. */
  readonly byNumber: ReadonlyMap<string, CompiledFlow>;
  readonly bySubAccount: ReadonlyMap<string, CompiledFlow>;
  readonly fallback: CompiledFlow | null;
}

/** Finds flows. */
export interface FlowRouter {
  readonly table: RouteTable;
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
