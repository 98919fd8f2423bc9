import { FUNCTION, optionSet, valueThat, withDefaults } from '@hookswitch/dsl/options';
import type { Caller } from '../callers/caller.ts';
import type { Party } from '../callers/party.ts';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { AMOUNT, checkOption } from '../check-option.ts';
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

/** What `OutboundLoad` holds. */
export const OUTBOUND_LOAD = optionSet({ place: FUNCTION, isOutbound: FUNCTION, party: FUNCTION }, { required: ['place'] });

/** What `LoadOptions` holds, with the defaults that don't follow from other options. */
export const LOAD_OPTIONS = optionSet(
  {
    calls: { type: 'number', minimum: 1 },
    concurrency: { type: 'number', minimum: 1 },
    caller: valueThat(
      'a caller, or a function that gives one',
      (value) => typeof value === 'function' || (typeof value === 'object' && value !== null),
    ),
    from: FUNCTION,
    to: valueThat('a number, or a function that gives one', (value) => typeof value === 'string' || typeof value === 'function', {
      'x-secret': true,
    }),
    outbound: OUTBOUND_LOAD,
    name: FUNCTION,
    thinkMs: { ...AMOUNT, default: 1_000 },
    thinking: { enum: ['fixed', 'exponential'], default: 'exponential' },
    rampMs: { ...AMOUNT, default: 0 },
    everyMs: { type: 'number', minimum: 0.001 },
    expect: FUNCTION,
    keepTranscripts: { type: 'boolean', default: false },
    onProgress: FUNCTION,
    signal: valueThat('an AbortSignal', (value) => value instanceof AbortSignal),
  },
  { required: ['calls', 'caller'] },
);

/** `LoadOptions` with their defaults. */
export type FullLoadOptions = LoadOptions & Required<Pick<LoadOptions, 'thinkMs' | 'thinking' | 'rampMs' | 'keepTranscripts'>>;

/** Completes and checks `options`. Throws `SimulatorOptionError` for what is unknown or impossible. */
export function readLoadOptions(options: LoadOptions): FullLoadOptions {
  checkOption('load', LOAD_OPTIONS, options);
  if (options.everyMs !== undefined && options.rampMs !== undefined)
    throw new SimulatorOptionError('load.everyMs', 'says when each call begins, so that rampMs has nothing to say. Give one of them.');
  return withDefaults<FullLoadOptions>(LOAD_OPTIONS, options);
}
