import type { Action, Entry, HeardBatch } from '@hookswitch/dsl';
import type { ErasedEntry } from '../calls/hidden/erase-entry.ts';
import { decodeActionId } from '../calls/reply/answers.ts';
import { maskNumber, maskText } from '../observe/mask-text.ts';
import { fromTimelineRow } from '../observe/timeline.ts';
import { isSealed } from '../security/seal.ts';
import type { TimelineRow, TurnRow } from '../store/store.ts';

/** What of a call tells what was heard. */
export interface HeardRows {
  readonly turns: readonly TurnRow[];
  /** Those that tell of holds and fallbacks. */
  readonly rows: readonly TimelineRow[];
  readonly entries: readonly (Entry | ErasedEntry)[];
  /** The sites of callflows that their author has named. */
  readonly named: Readonly<Record<string, string>>;
  readonly site: string;
}

/** What ends a batch: the platform answers it, or ends the call. */
const LAST: ReadonlySet<string> = new Set(['sayAndCapture', 'makeCall', 'hangup'] satisfies Action['action'][]);

/**
 * What the caller heard of the flow, batch by batch, each with the number of answers that there were then. A batch may come in several answers; with words of the
 * server between them (a hold) it is left out. What was sealed ends the list, and so does a fallback: nothing tells what comes behind them.
 */
export function heardOf({ turns, rows, entries, named, site: last }: HeardRows, showNumbers: boolean): readonly HeardBatch[] {
  const told = rows.map(fromTimelineRow);
  const waits = new Set(told.flatMap((event) => (event?.kind === 'hold' && event.signal !== undefined ? [event.turn] : [])));
  const turnsOf = (kind: 'hold' | 'fallback'): ReadonlySet<number> =>
    new Set(told.flatMap((event) => (event?.kind === kind && 'turn' in event ? [event.turn] : [])));
  const [holds, fallbacks] = [turnsOf('hold'), turnsOf('fallback')];
  const batches: HeardBatch[] = [];
  let actions: Action[] = [];
  let isWhole = true;
  let next = 0;
  for (const { turn, answer } of turns) {
    const said = answer === null || fallbacks.has(turn) ? null : read(answer, named);
    if (said === null) break;
    if (holds.has(turn)) isWhole = false;
    actions.push(...said.actions);
    const end = said.actions.at(-1)?.action ?? 'say';
    // The flow waits for a signal, and its batch goes on behind that.
    if (!LAST.has(end) || waits.has(turn)) continue;
    const after = indexOf(entries, said.site, next, last);
    if (after === null) break;
    if (isWhole) batches.push({ after, actions: actions.map((action) => masked(action, showNumbers)) });
    // Whoever asks again after the last one is hung up on.
    if (after === entries.length) break;
    [actions, isWhole, next] = [[], true, after + 1];
  }
  return batches;
}

/** How many answers there were when the flow came to stand at `site`; null where the journal doesn't tell. */
function indexOf(entries: HeardRows['entries'], site: string, from: number, last: string): number | null {
  const found = entries.findIndex((entry, index) => index >= from && entry.site === site);
  if (found >= 0) return found;
  return site === last ? entries.length : null;
}

interface Said {
  readonly site: string;
  readonly actions: readonly Action[];
}

/** A stored answer; null where it is sealed or erased, or was none of the flow's. */
function read(text: string, named: HeardRows['named']): Said | null {
  if (isSealed(text)) return null;
  try {
    const { clientActionId: id, callflow } = JSON.parse(text) as { readonly clientActionId?: unknown; readonly callflow?: unknown };
    if (typeof id !== 'string' || !Array.isArray(callflow)) return null;
    const site = Object.hasOwn(named, id) ? named[id] : decodeActionId(id)?.kind === 'turn' ? id.slice(0, id.lastIndexOf('.')) : undefined;
    return site === undefined ? null : { site, actions: callflow as readonly Action[] };
  } catch {
    return null;
  }
}

function masked(action: Action, showNumbers: boolean): Action {
  if (showNumbers) return action;
  switch (action.action) {
    case 'say':
      return { ...action, params: { ...action.params, text: maskText(action.params.text, 'numbers') } };
    case 'sayAndCapture':
      return { ...action, params: { ...action.params, promptMessage: maskText(action.params.promptMessage, 'numbers') } };
    case 'makeCall':
      return {
        ...action,
        params: { ...action.params, source: maskNumber(action.params.source), destination: maskNumber(action.params.destination) },
      };
    default:
      return action;
  }
}
