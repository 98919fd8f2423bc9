import { didYouMean } from '@hookswitch/dsl';
import { optionSet, valueThat } from '@hookswitch/dsl/options';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { AMOUNT, checkOption } from '../check-option.ts';

/**
 * What can go wrong between a platform and a server. Each is a rate from 0 to 1, alone or with its times:
 * `duplicates: 0.1`, `delayed: { rate: 0.2, ms: 3000 }`.
 */
export interface ChaosOptions {
  /** A webhook is delivered a second time, after it was answered. Per webhook. */
  readonly duplicates?: number | { readonly rate: number };
  /** A webhook is delivered twice at the same time. Per webhook. */
  readonly concurrent?: number | { readonly rate: number };
  /** A webhook is delivered a second time after the next VCA or the summary of its session. Per webhook. */
  readonly reordered?: number | { readonly rate: number };
  /** A webhook is delivered late; the caller waits. `ms` is the longest delay. @default ms 2000. Per webhook. */
  readonly delayed?: number | { readonly rate: number; readonly ms?: number };
  /** The answer to a webhook gets lost, and the webhook is sent again `ms` later. @default ms 1000. Per webhook. */
  readonly lost?: number | { readonly rate: number; readonly ms?: number };
  /** The answer to a VCA gets lost for good: the session ends with `ERROR`, unless the platform's `redelivery` sends it again. Per VCA. */
  readonly lostForGood?: number | { readonly rate: number };
  /** The answer to a webhook takes up to `ms` longer. @default ms 3000. Per webhook. */
  readonly slow?: number | { readonly rate: number; readonly ms?: number };
  /** The connection breaks while a webhook is sent or before it is answered, and the webhook is sent again `ms` later. @default ms 1000. Per webhook. */
  readonly resets?: number | { readonly rate: number; readonly ms?: number };
  /** The caller hangs up while the server is asked, or within `ms` after its answer began to play. @default ms 3000. Per turn. */
  readonly gone?: number | { readonly rate: number; readonly ms?: number };
  /** The caller hangs up at the end of an action, and the summary overtakes the VCA that tells of the action. Per turn. */
  readonly summaryFirst?: number | { readonly rate: number };
  /** The answer to a callflow sent through the REST API gets lost, although the session begins. Per request. */
  readonly lostCreates?: number | { readonly rate: number };
  /** The summary never comes. Per session. */
  readonly lostSummaries?: number | { readonly rate: number };
  /** The summary comes late; `ms` is the longest delay. @default ms 600000. Per session. */
  readonly lateSummaries?: number | { readonly rate: number; readonly ms?: number };
  /** A second summary with an `eventId` of its own comes within `ms` after the first. @default ms 60000. Per session. */
  readonly doubleSummaries?: number | { readonly rate: number; readonly ms?: number };
  /**
   * The server is restarted between two keys, by `restart`. With `drain`, webhooks under way are answered first; without it they break off.
   * No webhook is sent until the promise that `restart` gives is fulfilled. @default drain true. Per key.
   */
  readonly restarts?: { readonly rate: number; readonly restart: () => Promise<void>; readonly drain?: boolean };
}

/** Longest delay, or wait before a repetition, where none is given, ms. */
const DEFAULT_MS = {
  ...{ delayed: 2_000, lost: 1_000, slow: 3_000, resets: 1_000, gone: 3_000 },
  ...{ lateSummaries: 600_000, doubleSummaries: 60_000 },
};
type TimedKind = keyof typeof DEFAULT_MS;

const RATE = { type: 'number', minimum: 0, maximum: 1 } as const;
const chance = {
  anyOf: [RATE, optionSet({ rate: RATE }, { required: ['rate'] })],
  'x-form': 'a rate, a number in 0..1, or { rate }',
} as const;
const timed = {
  anyOf: [RATE, optionSet({ rate: RATE, ms: AMOUNT }, { required: ['rate'] })],
  'x-form': 'a rate, a number in 0..1, or { rate, ms }',
} as const;

/** What `ChaosOptions` holds, in the order in which a session draws it. */
export const CHAOS = optionSet({
  duplicates: chance,
  concurrent: chance,
  reordered: chance,
  delayed: timed,
  lost: timed,
  lostForGood: chance,
  slow: timed,
  resets: timed,
  gone: timed,
  summaryFirst: chance,
  lostCreates: chance,
  lostSummaries: chance,
  lateSummaries: timed,
  doubleSummaries: timed,
  restarts: optionSet(
    {
      rate: RATE,
      restart: valueThat('a function that restarts the server and gives a promise', (value) => typeof value === 'function'),
      drain: { type: 'boolean', default: true },
    },
    {
      required: ['rate', 'restart'],
      'x-form': '{ rate, restart }, where restart is a function that restarts the server and gives a promise',
    },
  ),
});

/** The kinds of chaos, in the order in which a session draws them. */
export const CHAOS_KINDS = Object.keys(CHAOS.properties) as readonly ChaosKind[];
export type ChaosKind = keyof ChaosOptions;

/** `ChaosOptions`, complete. */
export interface ChaosSettings {
  readonly rates: Readonly<Record<ChaosKind, number>>;
  /** Longest delay, or wait before a repetition, ms. */
  readonly ms: Readonly<Record<TimedKind, number>>;
  readonly restart: (() => Promise<void>) | null;
  readonly drain: boolean;
}

/** Completes and checks `options`; null where nothing is to go wrong. Throws `SimulatorOptionError`. */
export function readChaos(options: ChaosOptions = {}): ChaosSettings | null {
  checkOption('chaos', CHAOS, options);
  const rates = Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, rateOf(options[kind])])) as Record<ChaosKind, number>;
  if (Object.values(rates).every((rate) => rate === 0)) return null;
  const ms = Object.fromEntries(Object.entries(DEFAULT_MS).map(([kind, standard]) => [kind, msOf(options[kind as TimedKind]) ?? standard]));
  const { restart = null, drain = true } = options.restarts ?? {};
  return { rates, ms: ms as ChaosSettings['ms'], restart, drain };
}

function rateOf(option: ChaosOptions[ChaosKind]): number {
  return typeof option === 'object' ? option.rate : (option ?? 0);
}

function msOf(option: ChaosOptions[TimedKind]): number | undefined {
  return typeof option === 'object' ? option.ms : undefined;
}

/**
 * Reads chaos as it is written on a command line: `duplicates=0.1`, `delayed=0.2:3000` (rate and ms).
 * `restarts=0.01` needs `restart`, the function that restarts the server. Throws `SimulatorOptionError` for what can't be read.
 */
export function parseChaos(texts: readonly string[], restart?: () => Promise<void>): ChaosOptions {
  const options: Record<string, { rate: number; ms?: number; restart?: () => Promise<void> }> = {};
  const writable = CHAOS_KINDS.filter((kind) => kind !== 'restarts' || restart !== undefined);
  for (const text of texts) {
    const { kind, rate, ms } = /^(?<kind>[A-Za-z-]+)=(?<rate>[0-9.]+)(?::(?<ms>\d+))?$/u.exec(text)?.groups ?? {};
    if (kind === undefined || rate === undefined)
      throw new SimulatorOptionError('chaos', `can't read ${JSON.stringify(text)}; write for example duplicates=0.1.`);
    const name = kind.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
    if (!writable.includes(name as ChaosKind))
      throw new SimulatorOptionError(
        `chaos.${name}`,
        `there is no such key. ${didYouMean(name, writable)}Known are ${writable.join(', ')}.`,
      );
    if (Object.hasOwn(options, name)) throw new SimulatorOptionError(`chaos.${name}`, 'is given twice.');
    options[name] = {
      rate: Number(rate),
      ...(ms === undefined ? {} : { ms: Number(ms) }),
      ...(name === 'restarts' && restart !== undefined ? { restart } : {}),
    };
  }
  readChaos(options);
  return options;
}
