/** How a call came out, in one word. */
import { type Passage, TURNED_AWAY } from '@hookswitch/dsl';
import type { CallRecord } from '../../store/store.ts';
import type { EndedBy } from '../ended-by.ts';
import type { CallState } from '../state.ts';
import type { Ending } from '../count-keys.ts';

/** What there is to be known of it. */
export interface Ended {
  readonly record: Pick<CallRecord, 'status' | 'lastSite'>;
  readonly state: Pick<CallState, 'summary' | 'bridged'>;
  readonly endedBy: EndedBy | null;
  readonly passages: readonly Pick<Passage, 'kind' | 'outcome'>[];
  /** Where the call ended while something was waited for; null where it came to its last words. */
  readonly exit: string | null;
}

/** See `Ending`: what comes first, wins. */
export function endingOf({ record, state, endedBy, passages, exit }: Ended): Ending {
  const bridges = passages.filter(({ kind }) => kind === 'bridge');
  if (record.status === 'cancelled' || state.summary === null) return 'notPlaced';
  if (endedBy === 'unanswered') return 'unanswered';
  if (record.lastSite === TURNED_AWAY) return 'turnedAway';
  // Where the platform does not say what came of the last one, who ended it tells.
  const isConnected = endedBy === 'bridge' && (bridges.at(-1)?.outcome ?? null) === null;
  if (isConnected || bridges.some(({ outcome }) => outcome === 'answered')) return 'transferred';
  if (record.status === 'failed') return 'failed';
  if (endedBy === 'idle') return 'lost';
  if (endedBy === 'request') return 'stopped';
  if (bridges.length > 0 || state.bridged) return 'missed';
  return exit === null ? 'contained' : 'abandoned';
}
