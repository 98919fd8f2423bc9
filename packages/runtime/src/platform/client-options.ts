import { cutText, didYouMean } from '@hookswitch/dsl';
import type { Clock } from '../clock.ts';
import { PlatformArgumentError } from '../errors/index.ts';
import { isJsonObject } from './fields.ts';
import type { AttemptReport } from './attempt-report.ts';
import type { PlatformFetch } from './platform-fetch.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { RateLimit } from './token-bucket.ts';

/** Options of `createPlatformClient`. Unknown ones are refused. */
export interface PlatformClientOptions {
  /** A key of 8x8 Connect. Never printed, logged or put into an error. */
  readonly apiKey: string;
  /** 3..50 letters, digits, `-`, `.`, `_` or `&`. */
  readonly subAccountId: string;
  /** Where the API is; https, or http on loopback. A path in front of `/api` is kept. @default 'https://voice.8x8.com' */
  readonly baseUrl?: string;
  /** Where logs are exported, which 8x8 does on a host of its own; as `baseUrl`. @default 'https://voice.wavecell.com', or `baseUrl` where that is not 8x8's: a key of a simulator must not go to 8x8 */
  readonly exportsUrl?: string;
  /** Allows http beyond loopback, e.g. to a simulator in another container. The key then travels in the clear. @default false */
  readonly allowHttp?: boolean;
  /** @default globalThis.fetch */
  readonly fetch?: PlatformFetch;
  /** Milliseconds for one attempt, from the first byte sent to the last one read, 1..600000. Keep it above the 10 s that Node's fetch takes to give up a connection, so that the two can be told apart. @default 15000 */
  readonly timeout?: number;
  /** How often a request is tried again where that is safe, or the whole policy; see `RetryPolicy`. @default 2 */
  readonly retries?: number | Partial<RetryPolicy>;
  /** Requests that are sent at most, repetitions included; further ones wait in line. Null for no limit. @default { perSecond: 10, burst: 20 } */
  readonly rateLimit?: Partial<RateLimit> | null;
  /** @default the machine's; its timers keep the process alive while a request waits, so that a command does not end before its answer */
  readonly clock?: Clock;
  /** A number in [0, 1), for jitter. @default Math.random */
  readonly random?: () => number;
  /** Is told of every attempt, for logs and metrics; what it throws is ignored. */
  readonly onAttempt?: (report: AttemptReport) => void;
}

/** Options, checked and complete. `apiKey` is kept apart, so that nothing that holds these can print it. */
export interface ClientSettings {
  readonly subAccountId: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly exportsUrl: string;
  readonly fetch: PlatformFetch;
  readonly timeout: number;
  readonly retries: RetryPolicy;
  readonly rateLimit: RateLimit | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onAttempt: ((report: AttemptReport) => void) | null;
}

const KNOWN = [
  'apiKey',
  'subAccountId',
  'baseUrl',
  'exportsUrl',
  'allowHttp',
  'fetch',
  'timeout',
  'retries',
  'rateLimit',
  'clock',
  'random',
  'onAttempt',
] as const satisfies readonly (keyof PlatformClientOptions)[];

const BASE_URL = 'https://voice.8x8.com';
const EXPORTS_URL = 'https://voice.wavecell.com';

/** What a subaccount id looks like. Source: the path parameter of every endpoint. */
const SUBACCOUNT = /^[A-Za-z0-9\-._&]{3,50}$/;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The machine's clock with timers that, unlike those of `systemClock`, keep the process alive. */
const keepingAlive: Clock = {
  now: () => Date.now(),
  timer: (ms, fire) => {
    const handle = setTimeout(fire, ms);
    return () => {
      clearTimeout(handle);
    };
  },
};

const refuse = (argument: string, problem: string): never => {
  throw new PlatformArgumentError(`createPlatformClient.${argument}`, problem);
};

/** Throws on keys of `value` that are not `known`, with the near miss. */
export function refuseUnknownKeys(where: string, value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw new PlatformArgumentError(`${where}.${key}`, `there is no such key. ${didYouMean(key, known)}Known are ${known.join(', ')}.`);
  }
}

/** Checks options and fills in the defaults. Throws `PlatformArgumentError`. */
export function readClientOptions(options: PlatformClientOptions): ClientSettings {
  if (!isJsonObject(options)) return refuse('options', `must be an object; got ${options === null ? 'null' : typeof options}.`);
  refuseUnknownKeys('createPlatformClient', options, KNOWN);
  checkApiKey(options.apiKey);
  const baseUrl = checkUrl('baseUrl', options.baseUrl ?? BASE_URL, options.allowHttp ?? false);
  const exportsUrl = options.exportsUrl ?? (baseUrl === BASE_URL ? EXPORTS_URL : baseUrl);
  const fetch: PlatformFetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  return Object.freeze({
    subAccountId: checkSubAccountId(options.subAccountId),
    baseUrl,
    exportsUrl: checkUrl('exportsUrl', exportsUrl, options.allowHttp ?? false),
    fetch,
    timeout: integer('timeout', options.timeout ?? 15_000, 1, 600_000),
    retries: readRetries(options.retries ?? {}),
    rateLimit: options.rateLimit === null ? null : readRateLimit(options.rateLimit ?? {}),
    clock: options.clock ?? keepingAlive,
    random: options.random ?? Math.random,
    onAttempt: options.onAttempt ?? null,
  });
}

function checkApiKey(apiKey: unknown): void {
  if (typeof apiKey !== 'string' || apiKey === '') refuse('apiKey', 'must be given: create a key in 8x8 Connect.');
  // What a header can't carry would be quoted by `fetch` in its error.
  if (!/^[!-~]+$/.test(apiKey as string)) {
    refuse('apiKey', 'holds white space or a character that a header can not carry; copy it again, without quotes or line ends.');
  }
}

function checkSubAccountId(id: unknown): string {
  if (typeof id === 'string' && SUBACCOUNT.test(id)) return id;
  const came = typeof id === 'string' ? `${id.length} characters: ${JSON.stringify(cutText(id, 50))}` : typeof id;
  return refuse('subAccountId', `must be 3..50 letters, digits, "-", ".", "_" or "&"; got ${came}.`);
}

function checkUrl(argument: 'baseUrl' | 'exportsUrl', value: unknown, allowHttp: boolean): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  const usual = argument === 'baseUrl' ? BASE_URL : EXPORTS_URL;
  if (url === null || !/^https?:$/.test(url.protocol)) return refuse(argument, `must be an https URL, e.g. "${usual}".`);
  if (url.username !== '' || url.password !== '')
    return refuse(argument, 'must not hold a user name or password; the key goes into apiKey.');
  if (url.search !== '' || url.hash !== '') return refuse(argument, 'must end with its path: no "?" and no "#".');
  if (url.protocol === 'http:' && !allowHttp && !LOOPBACK.test(url.hostname)) {
    return refuse(argument, 'must be https, or the key would travel in the clear; for a simulator on another host set allowHttp.');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function readRetries(retries: number | Partial<RetryPolicy>): RetryPolicy {
  const given = typeof retries === 'number' ? { limit: retries } : retries;
  refuseUnknownKeys('createPlatformClient.retries', given, ['limit', 'baseDelay', 'maxDelay', 'maxRetryAfter']);
  return Object.freeze({
    limit: integer('retries', given.limit ?? 2, 0, 10),
    baseDelay: integer('retries.baseDelay', given.baseDelay ?? 250, 0, 600_000),
    maxDelay: integer('retries.maxDelay', given.maxDelay ?? 8_000, 0, 600_000),
    maxRetryAfter: integer('retries.maxRetryAfter', given.maxRetryAfter ?? 30_000, 0, 3_600_000),
  });
}

function readRateLimit(limit: Partial<RateLimit>): RateLimit {
  refuseUnknownKeys('createPlatformClient.rateLimit', limit, ['perSecond', 'burst']);
  const perSecond = limit.perSecond ?? 10;
  if (typeof perSecond !== 'number' || !(perSecond > 0 && perSecond <= 10_000)) {
    return refuse('rateLimit.perSecond', 'must be a number above 0, at most 10000; null instead of rateLimit switches it off.');
  }
  return Object.freeze({ perSecond, burst: integer('rateLimit.burst', limit.burst ?? Math.max(1, Math.ceil(perSecond * 2)), 1, 100_000) });
}

function integer(argument: string, value: unknown, min: number, max: number): number {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  return refuse(argument, `must be a whole number in ${min}..${max}; got ${typeof value === 'number' ? value : typeof value}.`);
}
