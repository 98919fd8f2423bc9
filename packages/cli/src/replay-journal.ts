import { type Action, type CompiledFlow, type Entry, isHookswitchError } from '@hookswitch/dsl';
import type { JournalExport } from '@hookswitch/runtime';

/** `identical`: the code takes every answer and stands where the call stood. `extended`: it takes every answer, and goes on where the call had ended. */
export type Verdict = 'identical' | 'extended' | 'diverged';

/** What came of a journal on today's code. */
export interface Replayed {
  readonly verdict: Verdict;
  /** Answers that could be compared: up to the first that was erased as sensitive. */
  readonly compared: number;
  readonly answers: number;
  /** What is different, as a sentence; null where nothing is. */
  readonly difference: string | null;
}

const OVER = new Set(['ended', 'failed', 'closed']);

/** Replays a journal on a flow. Pure: no step runs, their results stand in the journal. */
export function replayJournal(compiled: CompiledFlow, { call, entries, site }: JournalExport): Replayed {
  const erased = entries.findIndex((entry) => 'erased' in entry);
  const compared = erased < 0 ? entries.length : erased;
  const known = entries.slice(0, compared) as readonly Entry[];
  const expected = entries[erased]?.site ?? site;
  const done = (verdict: Verdict, difference: string | null): Replayed => ({ verdict, compared, answers: entries.length, difference });

  const { error } = compiled.restore(call, known, expected);
  if (error === null || error === undefined) return done('identical', null);
  if (!isDivergence(error))
    return done('diverged', `The code threw while it was replayed. ${error instanceof Error ? error.message : String(error)}`);
  const { index, recorded, yielded } = error;
  // An entry whose place was erased, too, says nothing about it.
  if (index === compared && expected === '•') return done('identical', null);
  const now = OVER.has(yielded)
    ? `the code is over there (${yielded})`
    : `the code waits at "${yielded}"${saying(compiled, call, known.slice(0, index), yielded)}`;
  if (OVER.has(recorded) && !OVER.has(yielded)) return done('extended', `The call was over after answer ${index}; now ${now}.`);
  const where =
    index < known.length
      ? `Answer ${index + 1} of ${entries.length} was given at "${recorded}"`
      : `After answer ${index} the call stood at "${recorded}"`;
  return done('diverged', `${where}; now ${now}.`);
}

interface Divergence {
  readonly index: number;
  readonly recorded: string;
  readonly yielded: string;
}

function isDivergence(error: unknown): error is Divergence {
  return isHookswitchError(error) && error.code === 'HS_DIVERGENCE';
}

/** What the caller would hear last at a site. */
function saying(compiled: CompiledFlow, call: JournalExport['call'], entries: readonly Entry[], site: string): string {
  const text = compiled
    .restore(call, entries, site)
    .actions.map(wordsOf)
    .findLast((words) => words !== null);
  return text === undefined || text === null ? '' : `, which says ${JSON.stringify(text)}`;
}

function wordsOf(action: Action): string | null {
  if (action.action === 'say') return action.params.text;
  return action.action === 'sayAndCapture' ? action.params.promptMessage : null;
}
