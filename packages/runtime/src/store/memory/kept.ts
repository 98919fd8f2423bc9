import type { CallRecord, JournalRow, SignalRow, TurnRow } from '../store.ts';
import type { Numbered } from './look-ups.ts';

/** A call with all its rows. */
export interface Kept extends Numbered {
  call: CallRecord;
  readonly journal: JournalRow[];
  readonly turns: Map<number, TurnRow>;
  readonly signals: Map<number, SignalRow>;
}

/** The signals of a call, by their numbers. */
export function signalsOf(kept: Kept | undefined): readonly SignalRow[] {
  return [...(kept?.signals.values() ?? [])].sort((a, b) => a.number - b.number);
}
