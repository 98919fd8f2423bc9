import { argumentProblem, findProblem, FUNCTION, optionSet, type Schema, valueThat, withDefaults } from '@hookswitch/dsl/options';
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

const milliseconds = (maximum: number, standard: number) => ({ type: 'integer', minimum: 0, maximum, default: standard }) as const;
const retries = { type: 'integer', minimum: 0, maximum: 10, default: 2 } as const;

/** What `RetryPolicy` holds, with the defaults. */
export const RETRY_POLICY = optionSet({
  limit: retries,
  baseDelay: milliseconds(600_000, 250),
  maxDelay: milliseconds(600_000, 8_000),
  maxRetryAfter: milliseconds(3_600_000, 30_000),
});

/** What `RateLimit` holds; the default of `burst` follows from `perSecond`. */
export const RATE_LIMIT = optionSet({
  perSecond: {
    ...{ type: 'number', exclusiveMinimum: 0, maximum: 10_000, default: 10 },
    'x-form': 'a number above 0, at most 10000; null instead of rateLimit switches it off',
  },
  burst: { type: 'integer', minimum: 1, maximum: 100_000 },
});

/** What `PlatformClientOptions` holds, with the defaults. */
export const CLIENT_OPTIONS = optionSet(
  {
    apiKey: { type: 'string', minLength: 1, 'x-form': 'given: create a key in 8x8 Connect', 'x-secret': true },
    // Source: the path parameter of every endpoint.
    subAccountId: { type: 'string', pattern: '^[A-Za-z0-9\\-._&]{3,50}$', 'x-form': '3..50 letters, digits, "-", ".", "_" or "&"' },
    baseUrl: valueThat('an https URL, e.g. "https://voice.8x8.com"', isWebUrl, { default: 'https://voice.8x8.com', 'x-secret': true }),
    exportsUrl: valueThat('an https URL, e.g. "https://voice.wavecell.com"', isWebUrl, { 'x-secret': true }),
    allowHttp: { type: 'boolean', default: false },
    fetch: FUNCTION,
    timeout: { type: 'integer', minimum: 1, maximum: 600_000, default: 15_000 },
    retries: { anyOf: [retries, RETRY_POLICY], default: 2, 'x-form': 'a whole number in 0..10, or a policy' },
    rateLimit: { anyOf: [RATE_LIMIT, { type: 'null' }], 'x-form': '{ perSecond, burst }, or null for no limit' },
    clock: valueThat('a clock with now() and timer()', isJsonObject),
    random: FUNCTION,
    onAttempt: FUNCTION,
  },
  { required: ['apiKey', 'subAccountId'] },
);

const BASE_URL = CLIENT_OPTIONS.properties.baseUrl.default;
const EXPORTS_URL = 'https://voice.wavecell.com';
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

/** Refuses what doesn't fit a schema; `where` names the function whose argument it is. Throws `PlatformArgumentError`. */
export function checkArgument(where: string, schema: Schema, value: unknown): void {
  const problem = findProblem(schema, value);
  if (problem !== null) throw new PlatformArgumentError(...argumentProblem(where, problem));
}

/** Checks options and fills in the defaults. Throws `PlatformArgumentError`. */
export function readClientOptions(options: PlatformClientOptions): ClientSettings {
  checkArgument('createPlatformClient', CLIENT_OPTIONS, options);
  // What a header can't carry would be quoted by `fetch` in its error.
  if (!/^[!-~]+$/.test(options.apiKey))
    refuse('apiKey', 'holds white space or a character that a header can not carry; copy it again, without quotes or line ends.');
  const given = withDefaults<
    PlatformClientOptions & Required<Pick<PlatformClientOptions, 'baseUrl' | 'allowHttp' | 'timeout' | 'retries'>>
  >(CLIENT_OPTIONS, options);
  const baseUrl = usableUrl('baseUrl', given.baseUrl, given.allowHttp);
  const { rateLimit = {} } = given;
  return Object.freeze({
    subAccountId: given.subAccountId,
    baseUrl,
    exportsUrl: usableUrl('exportsUrl', given.exportsUrl ?? (baseUrl === BASE_URL ? EXPORTS_URL : baseUrl), given.allowHttp),
    fetch: given.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    timeout: given.timeout,
    retries: Object.freeze(
      withDefaults<RetryPolicy>(RETRY_POLICY, typeof given.retries === 'number' ? { limit: given.retries } : given.retries),
    ),
    rateLimit: rateLimit === null ? null : completeLimit(rateLimit),
    clock: given.clock ?? keepingAlive,
    random: given.random ?? Math.random,
    onAttempt: given.onAttempt ?? null,
  });
}

function completeLimit(limit: Partial<RateLimit>): RateLimit {
  const { perSecond, burst = Math.max(1, Math.ceil(perSecond * 2)) } = withDefaults<Pick<RateLimit, 'perSecond'> & Partial<RateLimit>>(
    RATE_LIMIT,
    limit,
  );
  return Object.freeze({ perSecond, burst });
}

function isWebUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** A URL without a slash at the end, that the key may be sent to. */
function usableUrl(argument: 'baseUrl' | 'exportsUrl', value: string, allowHttp: boolean): string {
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') refuse(argument, 'must not hold a user name or password; the key goes into apiKey.');
  if (url.search !== '' || url.hash !== '') refuse(argument, 'must end with its path: no "?" and no "#".');
  if (url.protocol === 'http:' && !allowHttp && !LOOPBACK.test(url.hostname))
    refuse(argument, 'must be https, or the key would travel in the clear; for a simulator on another host set allowHttp.');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function refuse(argument: string, problem: string): never {
  throw new PlatformArgumentError(`createPlatformClient.${argument}`, problem);
}
