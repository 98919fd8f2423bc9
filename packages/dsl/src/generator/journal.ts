import type { BridgeResult } from '../effects/bridge.ts';
import type { StepFailure } from '../effects/step.ts';
import type { StepOutcome } from './perform-step.ts';

/** What came back at one wait of a flow. `at` is milliseconds since 1970, UTC. */
export type Entry =
  /** Answered: a capture with digits or null, a bridge with its result, a step with JSON (an absent value is `undefined`), settings with their values by name. */
  | { readonly site: string; readonly at: number; readonly value?: unknown }
  /** The step that ran here failed for good. `handled`: what its `onError` made of that when it did; without it, `onError` is asked when the entry is taken. */
  | { readonly site: string; readonly at: number; readonly error: StepFailure; readonly handled?: StepOutcome }
  /** The session ended while the flow waited here; at a bridge with the second leg's outcome where the summary has one. */
  | { readonly site: string; readonly at: number; readonly ended: true; readonly value?: BridgeResult }
  /** Intake was closed when the call came: the flow was not begun. `says`: what was said instead; null for the flow's phrase. Always the first entry, at `TURNED_AWAY`. */
  | { readonly site: string; readonly at: number; readonly turnedAway: { readonly says: string | null } }
  /** Journal and code disagreed here; all entries after this one are the `onDivergence` handler's. */
  | { readonly site: string; readonly at: number; readonly diverged: DivergenceMark };

/** Where a call stands in lists that was turned away. No site can have this name. */
export const TURNED_AWAY = 'intake closed';

/** Both sides of a divergence, as the journal keeps them. */
export interface DivergenceMark {
  readonly index: number;
  readonly recorded: string;
  readonly yielded: string;
}

/**
 * All answers of a call so far: an immutable linked list, so that a turn adds one node however long the call is,
 * and the identity of a journal names one moment of one call.
 */
export class Journal {
  readonly entry: Entry | null;
  readonly previous: Journal | null;
  readonly length: number;

  private constructor(entry: Entry | null, previous: Journal | null) {
    this.entry = entry;
    this.previous = previous;
    this.length = previous === null ? 0 : previous.length + 1;
  }

  /** A journal of its own identity, holding `entries`. */
  static of(entries: Iterable<Entry> = []): Journal {
    let journal = new Journal(null, null);
    for (const entry of entries) journal = journal.with(entry);
    return journal;
  }

  /** This journal and one entry more. */
  with(entry: Entry): Journal {
    return new Journal(entry, this);
  }

  /** The entries from index `from` on, oldest first. */
  entries(from = 0): Entry[] {
    return collect(this, from);
  }

  toJSON(): Entry[] {
    return this.entries();
  }
}

function collect(last: Journal, from: number): Entry[] {
  const entries = new Array<Entry>(Math.max(0, last.length - from));
  for (let node = last; node.previous !== null && node.length > from; node = node.previous) {
    entries[node.length - 1 - from] = node.entry as Entry;
  }
  return entries;
}
