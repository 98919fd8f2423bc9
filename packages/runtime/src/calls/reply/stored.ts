import type { Reply } from '../call.ts';
import type { CallsContext } from '../context.ts';
import { ERASED } from '../hidden/erase-entry.ts';
import { answerPlace, opened } from '../seal-rows.ts';
import { hangupAnswer } from './loose.ts';

/** The bytes of a stored answer; null where a turn that was answered is not there. */
export async function storedReply(
  { store, sealer }: Pick<CallsContext, 'store' | 'sealer'>,
  { callId, turn, outcome, isOver }: Extract<Reply, { kind: 'stored' }>,
): Promise<Reply | null> {
  const row = await store.turn(callId, turn);
  // A turn that was left out when the platform was ahead, or whose words were erased with the session: both times the call is over.
  if (row?.answer == null || row.answer === ERASED) return isOver ? { kind: 'answer', body: hangupAnswer(), outcome: 'hung-up' } : null;
  return { kind: 'answer', body: opened(sealer, row.answer, answerPlace(callId, turn)), outcome };
}
