import type { InsightFigures } from '../../../src/views.ts';

type Ending = keyof InsightFigures['endings'];

/** What calls came to: those that matter most first. */
const WORDS: Readonly<Record<Ending, readonly [words: string, means: string]>> = {
  contained: ['Contained', 'The flow came to its end without a bridge.'],
  transferred: ['Transferred', 'Somebody answered a bridge.'],
  missed: ['Nobody answered', 'Somebody was to be reached by a bridge, and nobody answered.'],
  abandoned: ['Abandoned', 'The caller hung up while something was waited for.'],
  failed: ['Failed', 'The flow or the session failed.'],
  stopped: ['Stopped', 'Its end was asked for.'],
  lost: ['Lost', 'Nothing was heard of it any more.'],
  turnedAway: ['Turned away', 'Intake was closed; the flow was not begun.'],
  unanswered: ['Not answered', 'An outbound call that nobody took.'],
  notPlaced: ['Not placed', 'An outbound call that was declined or refused before a phone rang.'],
};

export const ENDINGS = (Object.keys(WORDS) as Ending[]).map((ending) => [ending, ...WORDS[ending]] as const);

/** Below so many a share says little: a count is shown alone. */
const FEW = 30;

/** A part of a whole: `62 % · 1,240`, or only the count where there are few. */
export function partOf(count: number, all: number): string {
  const shown = count.toLocaleString('en-US');
  return all < FEW ? shown : `${Math.round((count / all) * 100)} % · ${shown}`;
}

/** What figures are of, e.g. `version 2, 23 Nov to 30 Nov`. */
export function nameOf({ version, since, until }: InsightFigures, zone: string): string {
  const day = (time: string): string => new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: zone });
  return `${version === null ? 'all versions' : `version ${version}`}, ${day(since)} to ${day(until)}`;
}
