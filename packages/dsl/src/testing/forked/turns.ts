import type { HeardBatch, RecordedCall } from '../../recorded/recorded-call.ts';

/** How many answers a call had when one of its callflows had been answered. */
export interface RecordedTurn {
  readonly turn: number;
  readonly after: number;
}

/** The turns of a recording; where it does not tell them, one for each batch of words, else one for each answer. */
export function turnsOfJournal({ turns, heard, entries }: RecordedCall): readonly RecordedTurn[] {
  if (turns !== undefined) return turns;
  const batches: readonly Pick<HeardBatch, 'after'>[] = heard ?? entries.map((_, after) => ({ after }));
  return batches.length === 0 ? [{ turn: 0, after: 0 }] : batches.map(({ after }, turn) => ({ turn, after }));
}

/** How many answers come before turn `turn` of a recording; null where there is no such turn. */
export function placeOfTurn(recorded: RecordedCall, turn: number): number | null {
  return turnsOfJournal(recorded).find((one) => one.turn === turn)?.after ?? null;
}
