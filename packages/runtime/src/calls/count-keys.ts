/** The names by which calls are counted. What a name is made of is the code's: sites, labels of arrows, declared values; never anything of a caller's. */
import { cutText } from '@hookswitch/dsl';

/**
 * How a call came out; each call in one way. `contained`: the flow came to its end without a bridge. `transferred`: somebody answered a bridge. `missed`: somebody was
 * to be reached by a bridge, and nobody answered. `abandoned`: the caller hung up while something was waited for. `failed`: the flow or the session failed. `stopped`: its end was
 * asked for. `lost`: nothing was heard of it any more. `unanswered`: an outbound call that nobody took. `notPlaced`: one that was declined or refused before a phone rang. `turnedAway`: intake was closed.
 */
export const ENDINGS = [
  'contained',
  'transferred',
  'missed',
  'abandoned',
  'failed',
  'stopped',
  'lost',
  'unanswered',
  'notPlaced',
  'turnedAway',
] as const;
export type Ending = (typeof ENDINGS)[number];

/**
 * What is counted at a site. `calls`: that came by; `entries`: how often they came, several times where a flow leads back; `answers`: that were given, of these `silence`, `noMatch`
 * and `invalid`; `exits`: calls that ended here, of these `hangups` by the caller; `failures` of a step.
 */
export const SITE_COUNTS = ['calls', 'entries', 'answers', 'silence', 'noMatch', 'invalid', 'exits', 'hangups', 'failures'] as const;
export type SiteCount = (typeof SITE_COUNTS)[number];

/** The name of a counter, as a list of words. */
export type CountKey =
  | readonly ['calls']
  | readonly ['ending', Ending]
  | readonly ['endedBy', string]
  | readonly ['arrow', from: string, label: string, to: string, when: string]
  | readonly ['site', site: string, SiteCount]
  /** How long a stay took; see `TIME_BOUNDS`. */
  | readonly ['time', site: string, bucket: number]
  | readonly ['duration', bucket: number]
  | readonly ['bridge', site: string, outcome: string]
  | readonly ['step', site: string, outcome: string]
  /** What a wait for a signal came to: the example that has come, or `timeout`. */
  | readonly ['signal', site: string, outcome: string]
  | readonly ['tag', name: string, value: string]
  | readonly ['result', value: string]
  | readonly ['error', code: string]
  /** Calls that the code at hand could not follow to their end. */
  | readonly ['strayed']
  /** What there was no more room for. */
  | readonly ['other'];

/** Seconds up to which a stay counts for each bucket; the last one has what took longer. */
export const TIME_BOUNDS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 45, 60, 90, 120, 180, 300, 600, 1_800, 3_600] as const;

/** The bucket of a time in milliseconds. */
export function bucketOf(ms: number): number {
  const seconds = Math.max(0, ms) / 1_000;
  const bucket = TIME_BOUNDS.findIndex((bound) => seconds <= bound);
  return bucket < 0 ? TIME_BOUNDS.length : bucket;
}

/** Characters of a name; that of a long site is cut. */
const MAX_NAME = 512;
const MAX_WORD = 120;
const SHORT_WORD = 40;

/** A key as stores keep it. */
export function writeKey(key: CountKey): string {
  const cut = (most: number): string => JSON.stringify(key.map((word) => (typeof word === 'string' ? cutText(word, most) : word)));
  const text = cut(MAX_WORD);
  return text.length <= MAX_NAME ? text : cut(SHORT_WORD);
}

/** A key from what stores keep. */
export function readKey(text: string): CountKey {
  return JSON.parse(text) as CountKey;
}

/** Counters that are read hour by hour, for lines over time: few, however large a flow is. */
export const SERIES: ReadonlySet<string> = new Set([writeKey(['calls']), ...ENDINGS.map((ending) => writeKey(['ending', ending]))]);
