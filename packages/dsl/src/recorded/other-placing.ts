import { NOT_PLACED } from '../chart/not-placed.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { declines } from '../generator/declines.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';
import { begin } from '../generator/replay.ts';
import type { RecordedCall } from './recorded-call.ts';
import { wordsOf } from './words.ts';

/** Status of a call that its flow declined: nobody was called. */
export const NOT_PLACED_STATUS = 'cancelled';
/** Where a call stood that the code declines. No site can have this name: it is told apart by `now`. */
const PLACED = 'placed';
/** Statuses of calls whose first callflow went to the platform. */
const PLACED_STATUSES: ReadonlySet<string> = new Set(['unknown', 'live', 'ending', 'ended']);

/** A call that was declined, and is placed now, or the other way round. */
export interface OtherPlacing {
  /** How many answers, all of them of steps and settings, the flow has when it says its first words, or declines. */
  readonly index: number;
  readonly recorded: string;
  readonly now: string;
  readonly hears: readonly string[];
}

/** Whether a flow's code declines an outbound call that was placed, or places one that was declined. Null where it does neither, and where nobody knows. */
export function otherPlacing(flow: FlowModule, recorded: RecordedCall, known: readonly Entry[]): OtherPlacing | null {
  if (recorded.call.direction !== 'outbound') return null;
  const wasPlaced = isPlaced(recorded);
  const first = wasPlaced === null ? null : firstWords(flow, recorded, known);
  if (first === null) return null;
  const { index, decision } = first;
  const declined = declines(recorded.call, decision);
  if (declined !== wasPlaced) return null;
  return declined
    ? { index, recorded: PLACED, now: NOT_PLACED, hears: [] }
    : { index, recorded: NOT_PLACED, now: decision.site, hears: wordsOf(decision.actions) };
}

/** Whether somebody was called; null where nobody knows, as before its first words, and for one that could not be posted. */
function isPlaced({ status, turns = [], heard = [] }: RecordedCall): boolean | null {
  if (status === NOT_PLACED_STATUS) return false;
  return (status !== undefined && PLACED_STATUSES.has(status)) || turns.length > 0 || heard.length > 0 ? true : null;
}

/** Where the flow stands when its first callflow is made; null where the code does not get there, or another one began it. */
function firstWords(
  flow: FlowModule,
  { call }: RecordedCall,
  known: readonly Entry[],
): { readonly index: number; readonly decision: Decision } | null {
  // What was before the mark of a divergence was another code's.
  if (known.some((entry) => 'diverged' in entry || 'turnedAway' in entry)) return null;
  try {
    const { run, decision: start } = begin(flow, call);
    let decision = start;
    let index = 0;
    for (; decision.wait === 'step' || decision.wait === 'settings'; index++) {
      const entry = known[index];
      if (entry === undefined) return null;
      decision = run.answer(entry);
    }
    return decision.ending || decision.wait === 'failed' ? null : { index, decision };
  } catch {
    // The code throws there, or waits elsewhere, which is told by the answers.
    return null;
  }
}
