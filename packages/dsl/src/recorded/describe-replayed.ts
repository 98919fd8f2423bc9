import { cutText } from '../callflow/cut-text.ts';
import { isHookswitchError } from '../errors/index.ts';
import { readError } from '../errors/read-error.ts';
import { NOT_PLACED } from '../chart/not-placed.ts';
import { OVER, type ReplayedCall } from './replay-recorded.ts';
import type { OtherNoted } from './same-noted.ts';

const MAX_LENGTH = 160;

/** Options of `describeReplayed`. */
export interface DescribeOptions {
  /** Quote what was heard and what is said now, and messages of errors. They may tell of a caller; false where strangers read along. @default true */
  readonly words?: boolean;
}

/** The difference in one or two sentences: the site, what was, what is. Null where there is none. */
export function describeReplayed(replayed: ReplayedCall, { words = true }: DescribeOptions = {}): string | null {
  const { verdict, index, answers, recorded, hears, handled } = replayed;
  if (recorded === null) return null;
  if (verdict === 'other words' && !words) return `After answer ${index}, at "${recorded}", the caller hears other words.`;
  if (verdict === 'other words')
    return `After answer ${index}, at "${recorded}", the caller heard ${quoted(replayed.heard)}; now ${quoted(hears)}.`;
  if (recorded === NOT_PLACED) return `The flow declined the call, so that nobody was called; now it is placed${heardNow(hears, words)}.`;
  if (replayed.now === NOT_PLACED) return `The call was placed; now the flow declines it, and nobody is called.`;
  const now = nowAt(replayed, words);
  if (replayed.noted !== null) return describeNoted(replayed.noted, words);
  if (verdict === 'other way') return `The call was over after answer ${index}; now ${now}.`;
  const where =
    index < answers
      ? `Answer ${index + 1} of ${answers} was given at "${recorded}"`
      : `After answer ${index} the call stood at "${recorded}"`;
  return `${where}; now ${now}.${handled ? ' onDivergence takes over.' : ''}`;
}

/** What an author can do about it; null where nothing is different. */
export function adviseOnReplayed({ verdict, recorded, now }: ReplayedCall): string | null {
  if (recorded === NOT_PLACED || now === NOT_PLACED)
    return 'If that is meant to change, export the call again; else look at what makes the flow end before its first words.';
  if (verdict === 'diverged')
    return now !== null && OVER.has(now)
      ? `Keep what asks at "${recorded ?? ''}", or give the changed flow a new version and keep the old one beside it for calls in progress.`
      : `Give what is asked at "${now ?? ''}" the old id "${recorded ?? ''}" if it is the same question; else give the changed flow a new version and keep the old one beside it for calls in progress.`;
  if (verdict === 'other way') return 'If callers are meant to go on there, export the call again; else look at what ends the flow.';
  if (verdict === 'other result')
    return 'If that is meant to change, export the call again; reports and metrics see the new value from the deploy on.';
  return verdict === 'other words' ? 'If the words are meant to change, export the call again.' : null;
}

function describeNoted({ what: of, tag, then, now }: OtherNoted, words: boolean): string {
  if (of === 'reason')
    return `Nobody is called, as then; the reason ${words ? `was ${valued(then)}, now it is ${valued(now)}` : 'is different'}.`;
  const what = tag === null ? 'what the flow returns' : `the tag "${tag}"`;
  if (!words) return `The caller hears the same; ${what} is different.`;
  return `The caller hears the same; ${what} was ${valued(then)}, now it is ${valued(now)}.`;
}

function heardNow(hears: ReplayedCall['hears'], words: boolean): string {
  return words && hears !== null && hears.length > 0 ? `, and whoever is called hears ${quoted(hears)}` : '';
}

function valued(value: unknown): string {
  return value === undefined ? 'nothing' : cutText(JSON.stringify(value), MAX_LENGTH);
}

function nowAt({ now, hears, error }: ReplayedCall, words: boolean): string {
  if (now === 'failed') return `the code is over there (failed${error === null ? '' : `: ${messageOf(error, words)}`})`;
  if (now === null || OVER.has(now)) return `the code is over there (${now ?? 'nowhere'})`;
  const last = words ? hears?.at(-1) : undefined;
  return `the code waits at "${now}"${last === undefined ? '' : `, which says ${JSON.stringify(cutText(last, MAX_LENGTH))}`}`;
}

function messageOf(error: unknown, words: boolean): string {
  const { name, message } = readError(error);
  if (!words) return name;
  return cutText(isHookswitchError(error) ? message : `${name}: ${message}`, MAX_LENGTH);
}

function quoted(words: readonly string[] | null): string {
  return words === null || words.length === 0 ? 'nothing' : JSON.stringify(cutText(words.join(' '), MAX_LENGTH));
}
