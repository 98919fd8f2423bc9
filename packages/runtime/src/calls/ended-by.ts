import { TURNED_AWAY } from '@hookswitch/dsl';
import type { CallRecord } from '../store/store.ts';
import type { CallState } from './state.ts';

/**
 * Who ended a call. `intake`: the server, because intake was closed. `caller`: whoever is on the first leg, who placed the call or was called. `bridge`: one of the two who were connected. `fallback`: the server,
 * after a failure. `request`: `DELETE /calls/:id`. `unanswered`: an outbound call that nobody took. `idle`: nothing was heard of it any more.
 */
export const ENDED_BY = ['caller', 'bridge', 'flow', 'fallback', 'request', 'intake', 'platform', 'unanswered', 'idle'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** Who ended a call, as far as the platform lets it be known: it says how a session ended, never by whom. Null while a call lives, and for one that never began. */
export function endedBy({ status, endedAt, direction, turn, lastSite }: CallRecord, state: CallState): EndedBy | null {
  const { summary, outstanding, endRequested, error, bridged, shortestSilence } = state;
  if (endedAt === null || summary === null || status === 'cancelled') return null;
  if (summary.status === 'IDLE') return 'idle';
  if (direction === 'outbound' && turn === 0 && /^(BUSY|NO_ANSWER|CANCELED|FAILED)$/.test(summary.status) && !bridged) return 'unanswered';
  // Whoever was told to hang up mostly did; that the caller was faster by a second, nobody can see.
  if (outstanding === 'end' && lastSite === TURNED_AWAY && !endRequested) return 'intake';
  if (outstanding === 'end') return endRequested ? 'request' : error === null ? 'flow' : 'fallback';
  if (summary.status === 'ERROR' || (summary.status === 'FAILED' && !bridged)) return 'platform';
  const isConnected = outstanding === 'answer' && bridged && shortestSilence === null;
  return isConnected && summary.status === 'COMPLETED' ? 'bridge' : 'caller';
}
