import { DEFAULT_CAPTURE_BEHAVIOUR, type CaptureBehaviour } from '@hookswitch/dsl/testing';
import { optionSet, orNull, valueThat, withDefaults } from '@hookswitch/dsl/options';
import { AMOUNT, checkOption } from './check-option.ts';
import { RECORDING_STATUSES, type RecordingStatus } from './wire/recording-event.ts';
import { WIRE, type WireBehaviour } from './wire/wire-behaviour.ts';

/** What happens when a webhook wasn't answered with 200. */
export interface Redelivery {
  /** How often a failed webhook is sent again, 0..100. A VCA that failed for the last time ends its session with `ERROR`. @default 0 */
  readonly times: number;
  /** Wait before each repetition, ms. @default 1000 */
  readonly afterMs: number;
  /** Whether a repetition has the `eventId` of the first delivery or one of its own. @default 'same' */
  readonly eventId: 'same' | 'new';
}

/**
 * How the platform behaves where 8x8's documents are silent or disagree. The defaults are what Hookswitch assumes;
 * a server that works under every value works whatever 8x8 does. U1 to U15 are the numbers under which Hookswitch's notes on the contract list the unknowns.
 */
export interface Behaviour {
  /** U1: whether a VCA comes when the whole callflow has run (or a capture has ended), or after each action. @default 'callflow' */
  readonly vcaPer: 'callflow' | 'action';
  /** U2, U3, U11, U12, U15: all about captures, and the speed of speech. @default the dsl's `DEFAULT_CAPTURE_BEHAVIOUR` with `msPerCharacter: 60` */
  readonly capture: CaptureBehaviour;
  /** U4: how long the platform waits for the answer to a webhook, ms of real time, whatever the clock. @default 10000 */
  readonly answerTimeoutMs: number;
  /** U5: whether a `digitTimeout` equal to `overallTimeout` is accepted or refused with -1006. @default 'accepted' */
  readonly equalTimeouts: 'accepted' | 'refused';
  /** U3, U6, U9: how webhooks are written. */
  readonly wire: WireBehaviour;
  /** U7: whether a VCA follows when a bridge has ended but the first leg lives on, and of which leg it tells; with `none` the session ends there. @default 'second-leg' */
  readonly vcaAfterBridge: 'second-leg' | 'first-leg' | 'none';
  /** What `sipCode` says in a VCA after a bridge: how the second leg was answered, or 200 whatever became of it, as a page of 8x8's has it ("typically shows 200"). @default 'leg' */
  readonly bridgeSipCode: 'leg' | 'always-200';
  /** U8: a text with one of these is refused with -1016. @default control characters */
  readonly specialCharacters: RegExp;
  /** U10: what follows a callflow whose last action is `say`, `playFile` or the first leg's `makeCall`: a VCA, the end of the session, or silence until the caller hangs up. @default 'vca' */
  readonly afterLastAction: 'vca' | 'end' | 'silence';
  /** U13: whether an answer replaces the actions that have not run yet, or is queued behind them. @default true */
  readonly answerReplaces: boolean;
  /** U14: whether the platform repeats failed deliveries. */
  readonly redelivery: Redelivery;
  /** U15: whether a callflow sent through the REST API may have `callRecording`, or is refused with -1009. @default 'accepted' */
  readonly apiCallRecording: 'accepted' | 'refused';
  /** Whether parameters that the documents don't know are refused with -1009 or ignored. @default 'refused' */
  readonly unknownParams: 'refused' | 'ignored';
  /** Whether audio files are really downloaded (and -2006 ends the session when that fails), or taken to be there. @default 'assumed' */
  readonly files: 'assumed' | 'downloaded';
  /** What becomes of the recording of a session whose `makeCall` asked for one; `off` where recording is not set up. @default 'UPLOAD_COMPLETED' */
  readonly recordings: RecordingStatus | 'off';
  /** How long an audio file plays, ms. @default 5000 */
  readonly playFileMs: number;
  /** How long the REST API's answer to a callflow is held back, ms of real time; webhooks of the new session may overtake it. @default 0 */
  readonly restDelayMs: number;
  /** How many sessions may live at once; one more ends with -2010. @default null: any number */
  readonly trunkCapacity: number | null;
  /** How many calls a second that were sent through the REST API are started. @default null: any number */
  readonly callsPerSecond: number | null;
  /** Whether calls above `callsPerSecond` wait for their turn, or are answered with 429 and `NOT_CREATED`. @default 'queued' */
  readonly aboveCallsPerSecond: 'queued' | 'refused';
  /** How long each call that was sent through the REST API waits before it is started, ms. Past its `validUntil` it isn't, and ends with -2007. @default 0 */
  readonly queueMs: number;
  /** After this long the caller of any session hangs up, ms. @default 14400000 (four hours) */
  readonly longestSessionMs: number;
}

/** `Behaviour` with everything optional. */
export type BehaviourOptions = Partial<Omit<Behaviour, 'capture' | 'wire' | 'redelivery'>> & {
  readonly capture?: Partial<CaptureBehaviour>;
  readonly wire?: Partial<WireBehaviour>;
  readonly redelivery?: Partial<Redelivery>;
};

const milliseconds = (standard: number, minimum = 0) => ({ type: 'number', minimum, default: standard }) as const;

/** What `Redelivery` holds, with the defaults. */
export const REDELIVERY = optionSet({
  times: { type: 'number', minimum: 0, maximum: 100, default: 0 },
  afterMs: milliseconds(1_000),
  eventId: { enum: ['same', 'new'], default: 'same' },
});

/** What `CaptureBehaviour` holds; the defaults are the dsl's, but for the speed of speech. */
export const CAPTURE = optionSet({
  closingHash: { enum: ['omitted', 'included'] },
  silence: { enum: ['null', 'absent', 'empty'] },
  failedEntry: { enum: ['digits', 'silence'] },
  failureMessage: { enum: ['always', 'between-tries'] },
  maxDigitsEndsHashEntry: { type: 'boolean' },
  hashInFixedEntry: { enum: ['digit', 'ignored'] },
  timeoutAfterEnoughDigits: { enum: ['accepts', 'fails'] },
  firstDigitWithin: { enum: ['overallTimeout', 'digitTimeout'] },
  defaults: { enum: ['guide', 'schema'] },
  keyWhileSpeaking: { enum: ['interrupts', 'lost'] },
  msPerCharacter: milliseconds(60),
});

/** What `Behaviour` holds, with the defaults. */
export const BEHAVIOUR = optionSet({
  vcaPer: { enum: ['callflow', 'action'], default: 'callflow' },
  capture: CAPTURE,
  answerTimeoutMs: milliseconds(10_000, 1),
  equalTimeouts: { enum: ['accepted', 'refused'], default: 'accepted' },
  wire: WIRE,
  vcaAfterBridge: { enum: ['second-leg', 'first-leg', 'none'], default: 'second-leg' },
  bridgeSipCode: { enum: ['leg', 'always-200'], default: 'leg' },
  specialCharacters: valueThat('a regular expression', (value) => value instanceof RegExp, { default: /\p{Cc}/u }),
  afterLastAction: { enum: ['vca', 'end', 'silence'], default: 'vca' },
  answerReplaces: { type: 'boolean', default: true },
  redelivery: REDELIVERY,
  apiCallRecording: { enum: ['accepted', 'refused'], default: 'accepted' },
  unknownParams: { enum: ['refused', 'ignored'], default: 'refused' },
  files: { enum: ['assumed', 'downloaded'], default: 'assumed' },
  recordings: { enum: ['off', ...RECORDING_STATUSES], default: 'UPLOAD_COMPLETED' },
  playFileMs: milliseconds(5_000),
  restDelayMs: milliseconds(0),
  trunkCapacity: { ...orNull(AMOUNT), default: null },
  callsPerSecond: { ...orNull({ type: 'number', minimum: 0.001 }), default: null },
  aboveCallsPerSecond: { enum: ['queued', 'refused'], default: 'queued' },
  queueMs: milliseconds(0),
  longestSessionMs: milliseconds(4 * 3_600_000, 1),
});

/** The behaviour that is assumed unless another is asked for. */
export const DEFAULT_BEHAVIOUR: Behaviour = Object.freeze(readBehaviour());

/** Completes and checks `options`. Throws `SimulatorOptionError` for what is unknown or impossible. */
export function readBehaviour(options: BehaviourOptions = {}): Behaviour {
  checkOption('behaviour', BEHAVIOUR, options);
  return withDefaults<Behaviour>(BEHAVIOUR, {
    ...options,
    capture: Object.freeze({ ...DEFAULT_CAPTURE_BEHAVIOUR, ...withDefaults<CaptureBehaviour>(CAPTURE, options.capture ?? {}) }),
    wire: Object.freeze(withDefaults<WireBehaviour>(WIRE, options.wire ?? {})),
    redelivery: Object.freeze(withDefaults<Redelivery>(REDELIVERY, options.redelivery ?? {})),
  });
}
