import { flowArgument } from '../chart/flow-argument.ts';
import { DivergenceError } from '../errors/index.ts';
import { readable } from '../errors/unreadable-error.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';
import { beginAs, replay } from '../generator/replay.ts';
import { otherPlacing } from './other-placing.ts';
import type { HeardBatch, RecordedCall } from './recorded-call.ts';
import { otherNoted, type OtherNoted } from './same-noted.ts';
import { sameWords, wordsOf } from './words.ts';

/**
 * What becomes of a recorded call on a flow's code. `alike`: it stands where it stood, and the caller hears the same. `other result`: the caller notices nothing, but a tag,
 * what the flow returns, or the reason for which it declines the call is another one. `other words`: the same way, with other words.
 * `other way`: the code takes every answer, and goes on, or ends otherwise, where the call was over, or declines a
 * call that was placed, or places one that was declined. `diverged`: the code does not wait where an answer was given.
 * `not comparable`: an answer was erased as sensitive; up to there it is alike.
 */
export type ReplayVerdict = 'alike' | 'other result' | 'other words' | 'other way' | 'diverged' | 'not comparable';

/** All verdicts, from what nobody notices to what ends a call. */
export const REPLAY_VERDICTS = [
  'alike',
  'not comparable',
  'other result',
  'other words',
  'other way',
  'diverged',
] as const satisfies readonly ReplayVerdict[];

/** What came of a recorded call. */
export interface ReplayedCall {
  readonly verdict: ReplayVerdict;
  /** Answers of the call. */
  readonly answers: number;
  /** Answers that could be compared: up to the first that was erased. */
  readonly compared: number;
  /** Batches of words that could be compared; 0 where the recording has none. */
  readonly wordsCompared: number;
  /** How many answers fit; the difference comes behind them. */
  readonly index: number;
  /** Where the call stood then: a site, or `ended`, `failed`, `closed`; `not placed` for a call that was declined, and `placed` for one that is declined now. Null where nothing is different. */
  readonly recorded: string | null;
  /** Where the code stands now. Null where nothing is different. */
  readonly now: string | null;
  /** Of `other words`: what was heard then. */
  readonly heard: readonly string[] | null;
  /** What the caller hears at the place of the difference now. */
  readonly hears: readonly string[] | null;
  /** Of `other result`: the tag, the result or the reason of a decline, then and now. */
  readonly noted: OtherNoted | null;
  /** Of `diverged`: the flow's `onDivergence` takes over. */
  readonly handled: boolean;
  /** What the code threw there; null where it threw nothing. */
  readonly error: unknown;
}

/** Where a call stands that waits for nothing any longer. */
export const OVER: ReadonlySet<string> = new Set(['ended', 'failed', 'closed']);
/** In place of a site that nobody can read. */
const HIDDEN = '•';

/**
 * Replays a recorded call on a flow's code and says what becomes of it. Pure: no step runs, their results stand in the recording; the same arguments give the same result.
 *
 * @throws FlowDefinitionError for anything but a flow.
 */
export function replayRecorded<P>(flow: FlowModule<P>, recorded: RecordedCall): ReplayedCall {
  const subject = flowArgument('replayRecorded', flow);
  const { entries } = recorded;
  const erased = entries.findIndex((entry) => 'erased' in entry);
  const compared = erased < 0 ? entries.length : erased;
  const known = entries.slice(0, compared) as readonly Entry[];
  const base = { answers: entries.length, compared, wordsCompared: 0, index: compared, ...NOTHING };

  const placing = otherPlacing(subject, recorded, known);
  const place = stray(subject, recorded, known, entries[erased]?.site ?? recorded.site);
  if (place !== null) {
    const standing = standAt(subject, recorded, known.slice(0, place.index));
    const isOver = OVER.has(place.recorded);
    const isOtherWay = isOver && !(place.now === 'failed' || place.now === 'closed');
    if (isOtherWay && placing !== null) return { ...base, verdict: 'other way', ...placing };
    return {
      ...base,
      verdict: isOtherWay ? 'other way' : 'diverged',
      ...place,
      hears: standing === null ? null : wordsOf(standing.actions),
      handled: !isOver && subject.options.onDivergence !== null && !known.some((entry) => 'ended' in entry),
      error: place.error ?? standing?.error ?? null,
    };
  }
  if (placing !== null) return { ...base, verdict: 'other way', ...placing };
  const words = compareWords(subject, recorded, known);
  if (words.differs !== null) return { ...base, verdict: 'other words', wordsCompared: words.compared, ...words.differs };
  if (erased >= 0) return { ...base, verdict: 'not comparable', wordsCompared: words.compared };
  const standing = standAt(subject, recorded, known);
  // The handler of a divergence begins without tags, and those before were set by the flow.
  const noted = standing === null || known.some((entry) => 'diverged' in entry) ? null : otherNoted(recorded, standing);
  if (noted === null) return { ...base, verdict: 'alike', wordsCompared: words.compared };
  const { site } = recorded;
  return { ...base, verdict: 'other result', wordsCompared: words.compared, recorded: site, now: site, noted };
}

const NOTHING = { recorded: null, now: null, heard: null, hears: null, noted: null, handled: false, error: null } as const;

interface Stray {
  readonly index: number;
  readonly recorded: string;
  readonly now: string;
  readonly error: unknown;
}

/** Where the code does not stand where the call stood; null where it does all the way. */
function stray(flow: FlowModule, { call }: RecordedCall, known: readonly Entry[], expected: string): Stray | null {
  try {
    const { site, ending } = replay(flow, call, known).decision;
    // What is done after the end may be less than what a release before has stood at.
    const isElsewhere = site !== expected && expected !== HIDDEN && (!ending || expected === 'closed');
    return isElsewhere ? { index: known.length, recorded: expected, now: site, error: null } : null;
  } catch (thrown) {
    if (thrown instanceof DivergenceError) return { index: thrown.index, recorded: thrown.recorded, now: thrown.yielded, error: null };
    return { index: known.length, recorded: expected, now: 'failed', error: readable(thrown) };
  }
}

/** Where a call stands after some of its answers; null where the code can't get there. */
function standAt(flow: FlowModule, { call }: RecordedCall, known: readonly Entry[]): Decision | null {
  try {
    return replay(flow, call, known).decision;
  } catch {
    return null;
  }
}

interface Words {
  readonly compared: number;
  readonly differs: Pick<ReplayedCall, 'index' | 'recorded' | 'now' | 'heard' | 'hears'> | null;
}

/** Goes over the answers one by one and compares what is said with what was heard. */
function compareWords(flow: FlowModule, { call, heard = [] }: RecordedCall, known: readonly Entry[]): Words {
  if (heard.length === 0) return { compared: 0, differs: null };
  const batches = new Map<number, HeardBatch>(heard.map((batch) => [batch.after, batch]));
  let compared = 0;
  try {
    const { standing, first } = beginAs(flow, call, known);
    let decision = standing.decision;
    for (let index = first; ; index++) {
      const batch = batches.get(index);
      if (batch !== undefined && (decision.wait === 'platform' || decision.wait === 'ended')) {
        compared++;
        const [then, now] = [wordsOf(batch.actions), wordsOf(decision.actions)];
        if (!sameWords(then, now))
          return { compared, differs: { index, recorded: decision.site, now: decision.site, heard: then, hears: now } };
      }
      if (index >= known.length) return { compared, differs: null };
      decision = standing.run.answer(known[index] as Entry);
    }
  } catch (error) {
    // What replays in one go, and not answer by answer, was recorded by an earlier release: its words are not compared.
    if (error instanceof DivergenceError) return { compared, differs: null };
    throw error;
  }
}
