import type { Caller } from '../callers/caller.ts';
import type { Party } from '../callers/party.ts';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { needNumber, refuseUnknownKeys } from '../options-check.ts';
import type { SessionEnd } from '../session/events.ts';

/** One call of a load, when it is over. */
export interface CallRecord {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  readonly sessionId: string;
  readonly heard: readonly string[];
  readonly end: SessionEnd;
}

/** How far a load has come. */
export interface LoadProgress {
  readonly calls: number;
  readonly begun: number;
  readonly done: number;
  readonly wrong: number;
  readonly lost: number;
  /** Real time since the load began. */
  readonly seconds: number;
}

/** A call that your server is to place. */
export interface CallOrder {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  /** As the option `from` says; null where it doesn't. */
  readonly from: string | null;
  readonly to: string;
}

/** How the outbound calls of a load come about. */
export interface OutboundLoad {
  /** Has your server place the call. A call whose order rejects is lost. */
  readonly place: (order: CallOrder) => Promise<unknown>;
  /** Which calls are outbound. @default all of them */
  readonly isOutbound?: (index: number) => boolean;
  /** How the telephone is answered. @default as the platform's `parties` says */
  readonly party?: (index: number) => Party;
}

/** Options of `runLoad`. */
export interface LoadOptions {
  /** How many calls, ≥ 1. */
  readonly calls: number;
  /** How many at the same time, ≥ 1. @default 100; with `everyMs` as many as come together */
  readonly concurrency?: number;
  /** Who calls: the same caller each time, or one by the call's index. */
  readonly caller: Caller | ((index: number) => Caller);
  /** @default the platform's */
  readonly from?: (index: number) => string | null;
  /** @default the platform's first number; of outbound calls a number made of the call's index */
  readonly to?: string | ((index: number) => string);
  /** Calls that your server places through the REST API, so that the platform must `listen`. @default all calls come in */
  readonly outbound?: OutboundLoad;
  /** What the calls are named; ids, chaos and random walks are drawn by it. @default 'call-' and the index */
  readonly name?: (index: number) => string;
  /** How long callers think before they press a key, ms. @default 1000 */
  readonly thinkMs?: number;
  /** @default 'exponential' */
  readonly thinking?: 'fixed' | 'exponential';
  /** The first calls begin spread over so many ms of real time. @default 0 */
  readonly rampMs?: number;
  /**
   * A call begins each so many ms of real time, > 0, however long those before it take, so that a slow server is not asked less. Where `concurrency` is given and
   * reached, those that are due wait for their turn. Excludes `rampMs`. @default none: a call begins when another one has ended
   */
  readonly everyMs?: number;
  /** Says what is wrong with a call, or null. Called for each call that wasn't lost. @default nothing is, beside what scripts find */
  readonly expect?: (call: CallRecord) => string | null;
  /** Whether the report has all transcripts. @default false */
  readonly keepTranscripts?: boolean;
  /** Called about once a second. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Once it is aborted no call begins any more, and those under way are left: the report is of those that are over. */
  readonly signal?: AbortSignal;
}

const KNOWN = [
  'calls',
  'concurrency',
  'caller',
  'from',
  'to',
  'outbound',
  'name',
  'thinkMs',
  'thinking',
  'rampMs',
  'everyMs',
  'expect',
  'keepTranscripts',
  'onProgress',
  'signal',
];

/** Throws `SimulatorOptionError` for options that are unknown or impossible. */
export function checkLoadOptions(options: LoadOptions): void {
  refuseUnknownKeys('load', options, KNOWN);
  needNumber('load.calls', options.calls, 1);
  needNumber('load.concurrency', options.concurrency ?? 1, 1);
  needNumber('load.rampMs', options.rampMs ?? 0, 0);
  needNumber('load.everyMs', options.everyMs ?? 1, 0.001);
  if (options.everyMs !== undefined && options.rampMs !== undefined)
    throw new SimulatorOptionError('load.everyMs', 'says when each call begins, so that rampMs has nothing to say. Give one of them.');
  refuseUnknownKeys('load.outbound', options.outbound ?? {}, ['place', 'isOutbound', 'party']);
}
